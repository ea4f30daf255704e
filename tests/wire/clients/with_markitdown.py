"""markitdown with its Document Intelligence converter: prints the Markdown of a file."""

import os
import sys

from azure.core.credentials import AzureKeyCredential
from markitdown import MarkItDown

endpoint, path = sys.argv[1:]
tool = MarkItDown(docintel_endpoint=endpoint, docintel_credential=AzureKeyCredential(os.environ["API_KEY"]))
print(tool.convert(path).markdown)
