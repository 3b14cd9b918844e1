"""Every file of a bundle: the seven of the contract first, then what else there is. Pure."""

from coaching.exchange.layout import CORE
from coaching.exchange.layout_more import MORE

FILES = (*CORE, *MORE)
