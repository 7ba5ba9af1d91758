"""Every knob, read once from the environment and from depeche.toml."""

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.model.limits import Limits
from assistant.reader import Caution
from ingest.readers.fields import check_field_map, read_field_map
from ingest.site import ChromaAddress, Site, check_url
from ingest.tracing import check_collector


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"no time zone is called {name!r}: name one such as Europe/Paris")
    return name


def _field_map(said: object) -> object:
    return read_field_map(said) if isinstance(said, str) else said


def split_list(said: object) -> object:
    """Items of a list as the environment spells it, with commas."""
    if isinstance(said, str):
        return [each for part in said.split(",") if (each := part.strip())]
    return said


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(split_list)]
Zone = Annotated[str, AfterValidator(_known_zone)]
FieldMap = Annotated[
    dict[str, str], NoDecode, BeforeValidator(_field_map), AfterValidator(check_field_map)
]


def _ledger(said: str) -> str:
    if said:
        from ingest.engines import check_address

        check_address(said)
    return said


def _server(said: str) -> str:
    return check_url(said) if said else said


def _certificates(said: str) -> str:
    if said:
        from ssl import create_default_context

        try:
            create_default_context(cafile=said)
        except OSError as error:
            raise ValueError(f"{said!r} holds no certificates: {error.strerror or error}") from None
    return said


def _collector(said: str) -> str:
    return check_collector(said) if said else said


LedgerAddress = Annotated[str, AfterValidator(_ledger)]
ServerAddress = Annotated[str, AfterValidator(_server)]
Certificates = Annotated[str, AfterValidator(_certificates)]
CollectorAddress = Annotated[str, AfterValidator(_collector)]


class Settings(BaseSettings):
    """DEPECHE_<NAME> in the environment wins over <name> in depeche.toml of the folder at hand."""

    model_config = SettingsConfigDict(
        env_prefix="DEPECHE_", toml_file="depeche.toml", extra="ignore", frozen=True
    )

    archive: Path = Field(default_factory=lambda: user_data_path("depeche"))
    ledger: LedgerAddress = Field(default="", repr=False)  # of a PostgreSQL; it may hold a password
    chroma: ServerAddress = ""  # of a Chroma server; empty: Chroma is in the archive's folder
    chroma_headers: dict[str, str] = Field(default_factory=dict, repr=False)  # a token, say
    chroma_tenant: str = "default_tenant"
    chroma_database: str = "default_database"
    chroma_certificates: Certificates = ""  # a file that vouches for it; empty: the system's
    encoder: str = ""  # a hub name or a folder; empty: the one in the box
    reader: str = ""  # a cross-encoder's hub name or folder; empty: the one in the box; or "none"
    caution: Caution = "balanced"  # how sure the reader must be; docs/answers.md has the figures
    model: str = ""  # as init_chat_model takes it, openai:gpt-5; empty: literal answers
    model_silence: float = Field(
        default=20, gt=0
    )  # seconds that it may say nothing, at first and after
    model_whole: float = Field(default=90, gt=0)  # seconds that an answer may take in all
    model_failures: int = Field(default=3, ge=1)  # in a row, after which it is left alone
    model_rest: float = Field(default=60, ge=0)  # seconds that it is then left alone
    model_streams: bool = True  # false for a server that can only answer whole
    context: int = Field(default=8192, ge=2048)  # tokens that the model holds at once
    map: FieldMap = Field(default_factory=dict)  # fields of JSON and CSV: title=headline
    entailment: str = ""  # a cross-encoder's hub name or folder that checks a model; empty: none
    feed_hosts: Names = ()  # that may be asked for feeds: names, or networks that aren't public
    timezone: Zone = "UTC"  # an IANA name: whose day "yesterday" is
    language: Literal["", "en", "fr"] = ""  # of the page; empty: the reader's browser decides
    traces: CollectorAddress = ""  # where OTLP over HTTP is taken; empty: spans go nowhere
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=0, le=65535)

    @property
    def site(self) -> Site:
        """Where the archive lives."""
        return Site(self.archive, self.ledger, self._chroma_address if self.chroma else None)

    @property
    def _chroma_address(self) -> ChromaAddress:
        return ChromaAddress(
            self.chroma,
            headers=tuple(self.chroma_headers.items()),
            tenant=self.chroma_tenant,
            database=self.chroma_database,
            certificates=self.chroma_certificates,
        )

    @property
    def model_limits(self) -> Limits:
        """What a chat model is allowed."""
        return Limits(
            silence=self.model_silence,
            whole=self.model_whole,
            failures=self.model_failures,
            rest=self.model_rest,
            context=self.context,
        )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is said in the call, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
