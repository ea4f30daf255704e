"""langchain-azure-ai's tool for agents: prints what an agent is told of the document at a URL."""

import os
import sys

from langchain_azure_ai.tools import AzureAIDocumentIntelligenceTool

endpoint, url = sys.argv[1:]
tool = AzureAIDocumentIntelligenceTool(endpoint=endpoint, credential=os.environ["API_KEY"])
print(tool.invoke({"source": url, "source_type": "url"}))
