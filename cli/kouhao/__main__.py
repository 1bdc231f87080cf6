"""`python -m kouhao`."""

from kouhao.door import main

main()
