"""``python -m asklearn``: the same as the ``asklearn`` command."""

from asklearn.app.cli import main

if __name__ == "__main__":
    main()
