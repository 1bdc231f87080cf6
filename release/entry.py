"""What the bundled program starts with."""

from multiprocessing import freeze_support

from kouhao.commands.main import main

if __name__ == "__main__":
    freeze_support()
    main()
