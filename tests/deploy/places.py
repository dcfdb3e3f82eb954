"""Where things are, for the checks of deploy/. tools/check_deploy says where its tools are."""

import os
import pathlib

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
DEPLOY = REPOSITORY / "deploy"
TOOLS = pathlib.Path(os.environ["HOLDFAST_DEPLOY_TOOLS"])
PROGRAM = pathlib.Path(os.environ["HOLDFAST_PROGRAM"])
