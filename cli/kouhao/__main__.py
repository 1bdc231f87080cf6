"""`python -m kouhao`."""

from kouhao.commands.main import main

main()
