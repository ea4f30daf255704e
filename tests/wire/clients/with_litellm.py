"""litellm's OCR call, which speaks the protocol with a client of its own: prints its pages as JSON."""

import json
import os
import sys

import litellm

endpoint, url = sys.argv[1:]
read = litellm.ocr(
    model="azure_ai/doc-intelligence/prebuilt-layout",
    document={"type": "document_url", "document_url": url},
    api_base=endpoint,
    api_key=os.environ["API_KEY"],
)
print(json.dumps([page.markdown for page in read.pages]))
