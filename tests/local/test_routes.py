"""The routing rules of the Functions host."""

from __future__ import annotations

import pytest

from local.routes import InvalidTemplate, Match, Route, RouteTable, Template, decode

ANALYZE = "documentintelligence/documentModels/{modelId}:analyze"
RESULT = "documentintelligence/documentModels/{modelId}/analyzeResults/{resultId}"


def matched(template: str, path: str) -> dict[str, str] | None:
    values = Template.compile(template).match(decode(path))
    return None if values is None else dict(values)


@pytest.mark.parametrize(
    ("template", "path", "values"),
    [
        ("info", "/info", {}),
        ("info", "/info/", {}),
        ("info", "/INFO", {}),
        ("info", "/information", None),
        ("info", "/", None),
        ("", "/", {}),
        ("a/b", "/a", None),
        ("a", "/a/b", None),
        ("a/{x}", "/a//b", None),
        ("a/{x}/b", "/a//b", None),
        (ANALYZE, "/documentintelligence/documentModels/prebuilt-read:analyze", {"modelId": "prebuilt-read"}),
        (ANALYZE, "/DocumentIntelligence/documentmodels/My-Model:ANALYZE", {"modelId": "My-Model"}),
        (ANALYZE, "/documentintelligence/documentModels/a:b:analyze", {"modelId": "a:b"}),
        (ANALYZE, "/documentintelligence/documentModels/a:analyze:analyze", {"modelId": "a:analyze"}),
        (ANALYZE, "/documentintelligence/documentModels/m%3Aanalyze", {"modelId": "m"}),
        (ANALYZE, "/documentintelligence/documentModels/:analyze", None),
        (ANALYZE, "/documentintelligence/documentModels/m:analyzeBatch", None),
        (ANALYZE, "/documentintelligence/documentModels/m", None),
        (ANALYZE, "/documentintelligence/documentModels/a%2Fb:analyze", {"modelId": "a%2Fb"}),
        (ANALYZE, "/documentintelligence/documentModels/a%2fb:analyze", {"modelId": "a%2fb"}),
        (ANALYZE, "/documentintelligence/documentModels/a/b:analyze", None),
        (RESULT, "/documentintelligence/documentModels/m/analyzeResults/1", {"modelId": "m", "resultId": "1"}),
        (RESULT, "/documentintelligence/documentModels/m/analyzeResults/", None),
        ("x/{name}.{ending}", "/x/a.tar.gz", {"name": "a.tar", "ending": "gz"}),
        ("x/{name}", "/x/gr%C3%BC%C3%9Fe%20%252F", {"name": "grüße %2F"}),
        ("x/{name}", "/x/line%0Abreak", {"name": "line\nbreak"}),
        ("x/{*rest}", "/x/a/b%2Fc/d", {"rest": "a/b%2Fc/d"}),
        ("x/{*rest}", "/x", {}),
        ("x/{*rest}", "/y", None),
    ],
)
def test_a_template_matches_as_the_host_matches(template: str, path: str, values: dict[str, str] | None) -> None:
    assert matched(template, path) == values


@pytest.mark.parametrize("template", ["a/{id:int}", "a/{id?}", "a/{id=1}", "{*all}/b", "a/x{*rest}", "a/{", "a/}b"])
def test_what_this_host_does_not_know_is_refused_at_the_start(template: str) -> None:
    with pytest.raises(InvalidTemplate):
        Template.compile(template)


def table(*routes: tuple[str, str, str]) -> RouteTable:
    return RouteTable(Route(name, Template.compile(path), frozenset(verbs.split())) for name, path, verbs in routes)


def test_functions_are_tried_by_name_and_not_by_how_exact_their_template_is() -> None:
    routes = table(("exact", "a/b", "GET"), ("Broad", "a/{x}", "GET"))
    assert routes.find("GET", "/a/b") == Match("Broad", {"x": "b"})


def test_the_case_of_a_name_does_not_change_its_place() -> None:
    routes = table(("Zebra", "a", ""), ("ant", "a", ""), ("Bee", "a", ""))
    assert routes.find("GET", "/a") == Match("ant", {})


def test_a_wrong_verb_falls_through_to_the_next_route() -> None:
    routes = table(("a", "x/{id}", "POST"), ("b", "x/{id}", "GET DELETE"), ("zz", "{*rest}", "GET PUT"))
    assert routes.find("get", "/x/1") == Match("b", {"id": "1"})
    assert routes.find("PUT", "/x/1") == Match("zz", {"rest": "x/1"})
    assert routes.find("HEAD", "/x/1") is None


def test_no_verbs_mean_every_verb() -> None:
    assert table(("a", "x", "")).find("OPTIONS", "/x") == Match("a", {})
