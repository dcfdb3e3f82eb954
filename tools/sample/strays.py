"""Files in a return's folder that are none of its tables, and how some files are written."""

# (authority, folder) -> table -> ways of writing.
HABITS = {
    ("E06000901", "2025"): {"Reviews": ("empty line",)},
    ("E06000901", "2026"): {"Episodes": ("bom", "crlf"), "Header": ("bom", "crlf")},
    ("E06000902", "2024"): {"Episodes": ("crlf",), "Missing": ("lower",),
                            "Reviews": ("lower", "bom")},
    ("E06000902", "2025"): {"Header": ("reversed",), "PrevPerm": ("spaced",)},
    ("E06000902", "2026"): {"SocialWorker": ("bom",), "UASC": ("reversed", "crlf")},
}

_CATALOGUE = ("Rule code,Rule message,Affected fields,Tables\n"
              "901,\"A made-up rule, to lie beside the return\",\"['DECOM']\",\"['Episodes']\"\n"
              "902,Another made-up rule,\"['REVIEW']\",\"['Reviews']\"\n")
_TEMPORARY = "CHILD,DOB,DOLO_START,DOLO_END\nNMR0101,02/02/2012,03/06/2025,17/06/2025\n"
_FORM = "<?xml version=\"1.0\"?>\n<Message><Children/></Message>\n"
_NOTE = "Checked with the fostering team. Two birth dates to ask about.\n"

_STRAYS = {
    ("E06000901", "2024"): {"rules_2023_24.csv": _CATALOGUE},
    ("E06000901", "2026"): {"deprivation_of_liberty.csv": _TEMPORARY, "return.xml": _FORM,
                            "notes.txt": _NOTE},
    ("E06000902", "2025"): {"notes.txt": _NOTE},
}


def stray_files(authority, folder, path):
    """Writes them, and says how each is named in the answer: set aside, its lines no rows."""
    files = _STRAYS.get((authority.code, folder), {})
    for name, text in files.items():
        (path / name).write_text(text, encoding="utf-8")
    return [{"file": name, "table": None, "rows": 0} for name in files]
