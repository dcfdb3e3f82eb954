"""One row of a return: what it says, and how the file happens to write it."""

from dataclasses import dataclass, field

COLUMNS = {
    "Header": ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"),
    "Episodes": ("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC",
                 "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN"),
    "Reviews": ("CHILD", "DOB", "REVIEW", "REVIEW_CODE"),
    "UASC": ("CHILD", "SEX", "DOB", "DUC"),
    "OC2": ("CHILD", "DOB", "SDQ_SCORE", "SDQ_REASON", "CONVICTED", "HEALTH_CHECK",
            "IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE",
            "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"),
    "OC3": ("CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"),
    "AD1": ("CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR",
            "LS_ADOPTR"),
    "PlacedAdoption": ("CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED",
                       "REASON_PLACED_CEASED"),
    "PrevPerm": ("CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"),
    "Missing": ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"),
    "SocialWorker": ("CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"),
}
TABLES = tuple(COLUMNS)
KEYS = {"Header": (), "Episodes": ("DECOM",), "Reviews": ("REVIEW",), "UASC": (), "OC2": (),
        "OC3": (), "AD1": ("DATE_INT",), "PlacedAdoption": ("DATE_PLACED",), "PrevPerm": (),
        "Missing": ("MIS_START",), "SocialWorker": ("SW_DECOM",)}
NO_FACTS_YET = ("OC2", "OC3", "SocialWorker")


@dataclass
class Statement:
    """`says` holds the meaning by column (dates as dates; blank is absent). `written` holds cells
    as the file has them where that differs from the plain writing of what is meant."""
    table: str
    child: str
    says: dict
    written: dict = field(default_factory=dict)
    outcome: str = ""      # refused, set_aside or unchanged (an identical second) where planted
    cells_more: int = 0    # too many cells in the line
    aside: int = 0         # fields that are put aside, the row being taken

    def key(self):
        return (self.child, *(self.says.get(column) for column in KEYS[self.table]))

    def content(self):
        """What is compared: all but the key, and the birth date only in the header."""
        left_out = ("DOB",) if self.table != "Header" else ()
        return {column: value for column, value in self.says.items()
                if column not in left_out and column not in KEYS[self.table] and value != ""}
