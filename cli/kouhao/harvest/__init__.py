"""Find the places of a document where a compound slogan is expanded: text in, candidates with their evidence out."""

from kouhao.harvest.engine import Candidate, deal_items, harvest

__all__ = ["Candidate", "deal_items", "harvest"]
