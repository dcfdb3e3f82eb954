"""Everything that has a name in the sample. None of it exists."""

from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Authority:
    code: str
    name: str
    prefix: str        # of its children's local ids
    outward: str       # of its postcodes: areas that the post office does not have
    live: bool
    recodes: bool      # changes H5 to K3 on open rows when the 2025 code set begins
    leaks: bool        # its software fills REC on open rows too
    children: int      # beside the planted ones
    teams: dict
    born_upn: str      # the authority's three digits in a pupil number


NORTHMERE = Authority(
    code="E06000901", name="Northmere", prefix="NMR", outward="ZN", live=True, recodes=True,
    leaks=False, children=162, born_upn="991",
    teams={"Harbour children in care": ("t.osterly", "m.brackwater", "j.lunn"),
           "Moorside children in care": ("a.fennimore", "p.quillan", "s.dray"),
           "Permanence": ("l.hartsease", "o.venn"),
           "Leaving care": ("c.tarrow", "b.eskdale")})
SALTBY = Authority(
    code="E06000902", name="Saltby", prefix="SLT", outward="ZS", live=False, recodes=False,
    leaks=True, children=79, born_upn="992",
    teams={"Looked after children": ("k.wharram", "d.sallow", "r.inchbald"),
           "Fostering and adoption": ("f.merrow", "n.thackley")})
AUTHORITIES = (NORTHMERE, SALTBY)

ETHNIC = {"WBRI": 62, "WOTH": 5, "WROM": 1, "MWBC": 5, "MWBA": 2, "MWAS": 2, "MOTH": 3,
          "AIND": 1, "APKN": 3, "ABAN": 2, "AOTH": 2, "BCRB": 2, "BAFR": 4, "BOTH": 1,
          "OOTH": 3, "REFU": 1, "NOBT": 1}
UNACCOMPANIED_ETHNIC = {"OOTH": 5, "BAFR": 4, "AOTH": 4, "WOTH": 1}
NEED = {"N1": 62, "N2": 3, "N3": 5, "N4": 8, "N5": 14, "N6": 3, "N8": 5}
FIRST_NAMES = ("Wren", "Tamsin", "Corin", "Isolde", "Perrin", "Maeve", "Alder", "Juniper")
LAST_NAMES = ("Ashlock", "Tidewell", "Fernsby", "Marlowe-Pike", "Quarrie", "Saltmarsh")


def postcode(authority, draw):
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return (f"{authority.outward}{draw.between(1, 28)} "
            f"{draw.between(1, 9)}{draw.pick(letters)}{draw.pick(letters)}")
