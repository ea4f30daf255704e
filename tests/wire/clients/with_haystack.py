"""haystack's converter: prints the document that it makes of a file, and the answer behind it, as JSON."""

import json
import sys

from haystack.utils import Secret
from haystack_integrations.components.converters.azure_doc_intelligence import AzureDocumentIntelligenceConverter

endpoint, path = sys.argv[1:]
made = AzureDocumentIntelligenceConverter(endpoint, api_key=Secret.from_env_var("API_KEY")).run([path])
[document], [answer] = made["documents"], made["raw_azure_response"]
print(json.dumps({"content": document.content, "about": document.meta, "answer": answer}))
