"""Find the places of a document where a compound slogan is expanded: text in, candidates with their evidence out."""

from kouhao.harvest.extractor import Candidate, harvest

__all__ = ["Candidate", "harvest"]
