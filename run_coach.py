"""Start the dance coach: ``python run_coach.py --help`` lists the commands."""

import sys

from coach.cli import main

if __name__ == "__main__":
    sys.exit(main())
