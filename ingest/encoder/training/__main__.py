"""Train the bilingual encoder: a table, new rows, distillation, questions, look-alikes.

    python -m ingest.encoder.training --data DIR --out DIR

On a CPU it takes about an hour and a half on two cores that know bfloat16 and works in batches
of 256; on a GPU it sees all the pairs several times in batches of 1,024. It goes on where it
stopped, as long as `--out` is the same. The result is `model` in the folder of `--out`.
"""

import argparse
import logging
from pathlib import Path

from ingest.encoder.training.align import align
from ingest.encoder.training.contrast import contrast, make_library
from ingest.encoder.training.distil import Lesson, distil
from ingest.encoder.training.glosses import gloss_questions, unfrench_questions
from ingest.encoder.training.lessons import Material, choose_questions, gather
from ingest.encoder.training.plan import Plan, plan_for
from ingest.encoder.training.questions import read_piaf, read_squad
from ingest.encoder.training.student import Student, open_student, write_student
from ingest.encoder.training.table import train_table
from ingest.encoder.training.vocabulary import choose_tokens, start_rows, widen_model

log = logging.getLogger(__name__)


def make_start(material: Material, folder: Path) -> None:
    """Write the English model with French rows that nothing has trained yet."""
    from safetensors.torch import load_file
    from tokenizers import Tokenizer

    from ingest.encoder.training.teacher import english_model_path
    from ingest.encoder.training.vocabulary import ROWS

    table = train_table(material.pairs, material.pair_vectors)
    tokenizer = Tokenizer.from_file(str(english_model_path() / "tokenizer.json"))
    tokens = choose_tokens([pair.french for pair in material.pairs], tokenizer.get_vocab())
    rows = load_file(english_model_path() / "model.safetensors")[ROWS].numpy()
    widen_model(folder, tokens, start_rows(tokens, table, tokenizer, rows))


def make_lessons(student: Student, material: Material) -> tuple[Lesson, Lesson]:
    """The French lesson and the English one, read by the student."""
    french = student.read([pair.french for pair in material.pairs])
    return (
        Lesson(french, material.pair_vectors),
        Lesson(student.read(material.english), material.english_vectors),
    )


def train(data: Path, out: Path, plan: Plan) -> None:
    """Every stage that has not left its result in the folder yet."""
    material = gather(data, plan, out)
    start, distilled, final = out / "start", out / "distilled", out / "model"
    if not (start / "model.safetensors").exists():
        make_start(material, start)
    student = open_student(start, plan.device)
    lessons = make_lessons(student, material)
    distil(student, lessons, plan, out / "distil.pt")
    write_student(student, start, distilled)
    english = list(read_squad(data / "train" / "squad-train-v1.1.jsonl.gz"))
    french = list(read_piaf(data / "train" / "piaf-train.json.gz"))
    asked = sorted({question for paragraph in french for question, _ in paragraph.questions})
    glosses = unfrench_questions(asked, out / "questions.en.json") | gloss_questions(
        choose_questions(english, plan.glossed), out / "questions.fr.json"
    )
    library = make_library(english, french, glosses)
    contrast(student, library, lessons, plan, out / "contrast.pt")
    align(student, library, data, plan, out / "align.pt")
    write_student(student, start, final)


def main() -> None:
    """Read the command line and train."""
    import torch

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="holds train/, as in the card")
    parser.add_argument("--out", type=Path, required=True, help="for checkpoints and the model")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    plan = plan_for("cuda" if torch.cuda.is_available() else "cpu")
    log.info("%s", plan)
    arguments.out.mkdir(parents=True, exist_ok=True)
    train(arguments.data, arguments.out, plan)


if __name__ == "__main__":
    main()
