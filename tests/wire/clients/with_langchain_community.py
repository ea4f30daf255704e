"""langchain-community's loader: prints the pieces it makes of a file, by mode, as JSON."""

import json
import os
import sys

from langchain_community.document_loaders import AzureAIDocumentIntelligenceLoader

endpoint, path = sys.argv[1:]


def loaded(mode: str) -> list[dict[str, object]]:
    loader = AzureAIDocumentIntelligenceLoader(endpoint, os.environ["API_KEY"], file_path=path, mode=mode)
    return [{"content": piece.page_content, "about": piece.metadata} for piece in loader.load()]


print(json.dumps({mode: loaded(mode) for mode in ("markdown", "single", "page")}))
