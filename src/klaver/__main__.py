"""Makes ``python -m klaver`` the same command as ``klaver``."""

from klaver.cli.main import main

if __name__ == "__main__":
    main()
