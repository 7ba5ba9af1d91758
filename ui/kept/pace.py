"""How often a reader may ask, counted by all servers over one ledger together."""

from sqlalchemy import delete, func, select

from ingest.ledger import Ledger
from ui.kept.tables import LATELY, make_tables, spent
from ui.rates import Spend, spender


def shared_spender(rate: str, ledger: Ledger) -> Spend:
    """Count by a rate such as 30/minute in a ledger's server; where it is a file, in memory."""
    from limits import parse

    if ledger.engine.dialect.name == "sqlite":
        return spender(rate)
    allowed = parse(rate)
    make_tables(ledger)

    def spend(name: str) -> bool:
        mine, old = spent.c.key == name, spent.c.moment < LATELY - allowed.get_expiry()
        with ledger.beside() as connection:
            # Two questions of one reader are counted one after the other.
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 1))))
            connection.execute(delete(spent).where(mine, old))
            count = connection.scalar(select(func.count()).select_from(spent).where(mine)) or 0
            if count >= allowed.amount:
                return False
            connection.execute(spent.insert().values(key=name, moment=LATELY))
            return True

    return spend
