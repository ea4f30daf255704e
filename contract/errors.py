"""Every error a caller can see, on one screen.

The shape is always `{"error": {"code", "message", "innererror": {"code", "message"}}}`. A message is a
sentence for the caller; it never carries internals, a key, a URL with its query or content.
"""

from __future__ import annotations

from enum import Enum, StrEnum

from contract.operation import DocumentError, InnerError


# fmt: off
class Fault(Enum):
    """HTTP status, code, message, inner code, inner message (what is wrong and what to do)."""

    INVALID_REQUEST = (400, "InvalidRequest", "Invalid request.", None, None)
    CONTENT_SOURCE_NOT_ACCESSIBLE = (400, "InvalidRequest", "Invalid request.", "ContentSourceNotAccessible", "Content is not accessible. Check that the URL is public, uses https and answers with the document.")
    CONTENT_SOURCE_TIMEOUT = (400, "InvalidRequest", "Invalid request.", "ContentSourceTimeout", "Timeout while receiving the file from the given URL. Send the file itself, or try again.")
    INVALID_CONTENT = (400, "InvalidRequest", "Invalid request.", "InvalidContent", "The file is corrupted or its format is unsupported. Open it in a viewer, save it anew and send it again; a PDF with a password must be unlocked first.")
    INVALID_CONTENT_DIMENSIONS = (400, "InvalidRequest", "Invalid request.", "InvalidContentDimensions", "The dimensions of the image or page are out of range: 50 to 10,000 pixels for images, at most 200 inches for pages.")
    INVALID_CONTENT_LENGTH = (400, "InvalidRequest", "Invalid request.", "InvalidContentLength", "The file is empty or too large. Send between 1 byte and the size limit of this service.")
    UNSUPPORTED_CONTENT = (400, "InvalidRequest", "Invalid request.", "UnsupportedContent", "The content of the file is not supported by this model.")
    MODEL_ANALYZE_ERROR = (400, "InvalidRequest", "Invalid request.", "ModelAnalyzeError", "The document could not be analyzed. It may ask for more time or memory than one document is given.")
    NOT_SUPPORTED_API_VERSION = (400, "InvalidRequest", "Invalid request.", "NotSupportedApiVersion", "The api-version is missing or not supported. Use api-version=2024-11-30.")
    INVALID_PARAMETER = (400, "InvalidArgument", "Invalid argument.", "InvalidParameter", "A parameter is invalid.")
    INVALID_CONTENT_SOURCE_FORMAT = (400, "InvalidArgument", "Invalid argument.", "InvalidContentSourceFormat", "The source is malformed. Send exactly one of urlSource, an absolute https URL, and base64Source, standard base64.")
    UNAUTHORIZED = (401, "401", "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.", None, None)
    NOT_FOUND = (404, "NotFound", "Resource not found.", None, None)
    MODEL_NOT_FOUND = (404, "NotFound", "Resource not found.", "ModelNotFound", "The requested model was not found. GET documentModels lists the models that are here.")
    METHOD_NOT_ALLOWED = (405, "MethodNotAllowed", "The requested HTTP method is not allowed on this route.", None, None)
    INTERNAL_SERVER_ERROR = (500, "InternalServerError", "An unexpected error occurred.", "Unknown", "The request can be sent again. The log has its apim-request-id.")
    SERVICE_UNAVAILABLE = (503, "ServiceUnavailable", "A transient error has occurred. Try again.", None, None)

    # fmt: on
    @property
    def status(self) -> int:
        """HTTP status when the fault answers a request; a failed job answers 200 with the fault inside."""
        return int(self.value[0])

    def error(self, detail: str | None = None, target: str | None = None) -> DocumentError:
        """The error object; `detail` is a safe sentence that replaces the innermost message."""
        _, code, message, inner_code, inner_message = self.value
        if inner_code is None:
            return DocumentError(code=code, message=detail or message, target=target)
        inner = InnerError(code=inner_code, message=detail or inner_message)
        return DocumentError(code=code, message=message, target=target, innererror=inner)


class Detail(StrEnum):
    """What is said of a document beyond its fault. A process that has read one chooses, and words nothing itself."""

    LOCKED = "The file is protected by a password. Remove the password and send it again."
    LOCKED_OR_OLD = "The file is locked with a password, or of an Office version before 2007. Unlock it and save it as DOCX, XLSX or PPTX."
    NESTED_TOO_DEEPLY = "The elements of the file are nested too deeply. Save it anew from a browser or as PDF."
    NO_SUCH_PAGES = "None of the pages asked for is in the document."
    NO_WEIGHTS = "This deployment reads no images: the weights of its text recognition are not installed."
    TOO_MANY_CHARACTERS = "The workbook has more than 8,000,000 characters. Split it."


class ApiError(Exception):
    """Raised where a request or a document is refused; carries nothing but what the caller may see."""

    def __init__(self, fault: Fault, detail: str | None = None, target: str | None = None) -> None:
        super().__init__(fault.name)
        self.fault = fault
        self.detail = detail
        self.target = target

    def error(self) -> DocumentError:
        """The error object of the protocol."""
        return self.fault.error(self.detail, self.target)
