using System.Text;
using System.Text.Json.Nodes;
using NJsonSchema;
using Relay.Reports;

namespace Relay.Tests.Reports;

public sealed class ReportParserTests
{
    /// <summary>What is done to a good report, and the JSON path that is then wrong.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "version", "2", "$.version" },
        { "version", "\"1\"", "$.version" },
        { "version", "-", "$.version" },
        { "channel", "7", "$.channel" },
        { "channel", $"\"{new string('x', 81)}\"", "$.channel" },
        { "run", "-", "$.run" },
        { "run", "[]", "$.run" },
        { "run.id", "-", "$.run.id" },
        { "run.id", "\"\"", "$.run.id" },
        { "run.source", "null", "$.run.source" },
        { "run.checkMode", "\"yes\"", "$.run.checkMode" },
        { "run.startedAt", "\"yesterday\"", "$.run.startedAt" },
        { "run.labels", "{\"env\": 1}", "$.run.labels.env" },
        { "run.labels", "\"env\"", "$.run.labels" },
        { "run.link", $"\"{new string('x', 2049)}\"", "$.run.link" },
        { "events", "-", "$.events" },
        { "events", "[]", "$.events" },
        { "events", "{}", "$.events" },
        { "events.0", "7", "$.events[0]" },
        { "events.0.id", "-", "$.events[0].id" },
        { "events.0.kind", "\"exploded\"", "$.events[0].kind" },
        { "events.0.kind", "-", "$.events[0].kind" },
        { "events.0.kind", "1", "$.events[0].kind" },
        { "events.0.of", "\"recovered\"", "$.events[0].of" },
        { "events.0.at", "\"22 November\"", "$.events[0].at" },
        { "events.0.at", "-", "$.events[0].at" },
        { "events.0.host", "\"\"", "$.events[0].host" },
        { "events.0.host", $"\"{new string('x', 256)}\"", "$.events[0].host" },
        { "events.0.attempts", "0", "$.events[0].attempts" },
        { "events.0.attempts", "1.5", "$.events[0].attempts" },
        { "events.0.attempts", "99999999999", "$.events[0].attempts" },
        { "events.0.returnCode", "\"1\"", "$.events[0].returnCode" },
        { "events.0.message", "{}", "$.events[0].message" },
        { "events.0.items", "[1]", "$.events[0].items[0]" },
        { "events.0.items", "[{}]", "$.events[0].items[0].item" },
        { "events.0.details", "[]", "$.events[0].details" },
        { "run.project", $"\"{new string('x', 256)}\"", "$.run.project" },
        { "run.inventory", "[]", "$.run.inventory" },
        { "run.tags", "\"web\"", "$.run.tags" },
        { "run.tags", "[7]", "$.run.tags[0]" },
        { "run.extraVariables", $"[{string.Join(',', Enumerable.Repeat("\"x\"", 101))}]", "$.run.extraVariables" },
        { "run.hostCount", "-1", "$.run.hostCount" },
        { "run.nextDueAt", "\"soon\"", "$.run.nextDueAt" },
        { "run.labels", $"{{\"{new string('x', 101)}\": \"\"}}", "$.run.labels" },
        { "events.0.cause", $"\"{new string('x', 301)}\"", "$.events[0].cause" },
        { "events.0.causeKey", "\"0F\"", "$.events[0].causeKey" },
        { "events.0.handler", "\"yes\"", "$.events[0].handler" },
        { "events.0.itemCount", "-1", "$.events[0].itemCount" },
        { "events.0.recovers", "[]", "$.events[0].recovers" },
        { "events.0.recovers", "[1]", "$.events[0].recovers[0]" },
        { "events.0.recovers", $"[{string.Join(',', Enumerable.Repeat("\"x\"", 65))}]", "$.events[0].recovers" },
    };

    public static TheoryData<string, string> Right => new()
    {
        { "channel", "null" },
        { "run.labels", $"{{\"{new string('x', 100)}\": \"\"}}" },
        { "run.tags", "[]" },
        { "events.0.causeKey", "\"0123456789abcdef\"" },
        { "run.labels", "null" },
        { "run.unknown", "{\"a\": [1]}" },
        { "events.0.unknown", "7" },
        { "events.0.message", "null" },
        { "events.0.items", "[{\"item\": \"\", \"message\": null}]" },
        { "events.0.details", "{\"deep\": {\"er\": [1, \"x\"]}}" },
        { "events.0.at", "\"2026-11-22T10:00:00.123456+01:00\"" },
    };

    [Fact]
    public void A_whole_report_is_read()
    {
        var (report, problems) = Parse(Good());

        Assert.Empty(problems);
        Assert.Equal(("db", "ctl-01.example.com", "prod"), (report?.Channel, report?.Run.Source, report?.Run.Labels?["env"]));
        var one = Assert.Single(report!.Events); // Not null where there are no problems.
        Assert.Equal((EventKind.Failed, "web-01", 2, "nginx"), (one.Kind, one.Host, one.ReturnCode, one.Items?[0].Item));
        Assert.Equal("{\"changed\":false}", one.Details.ToString());
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_field_is_named_by_its_path(string field, string value, string path)
    {
        var (report, problems) = Parse(With(field, value));

        Assert.Null(report);
        Assert.Equal([path], problems.Select(problem => problem.Path));
    }

    [Theory]
    [MemberData(nameof(Right))]
    public void What_the_schema_allows_is_read(string field, string value) => Assert.Empty(Parse(With(field, value)).Problems);

    [Fact]
    public async Task The_schema_says_the_same()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "report.schema.json"), TestContext.Current.CancellationToken);

        Assert.Empty(schema.Validate(Good().ToJsonString()));
        Assert.All(Right, row => Assert.Empty(schema.Validate(With(row.Data.Item1, row.Data.Item2).ToJsonString())));
        Assert.All(Wrong, row => Assert.True(schema.Validate(With(row.Data.Item1, row.Data.Item2).ToJsonString()).Count > 0, $"{row.Data}"));
    }

    [Fact]
    public async Task A_recovery_says_what_it_takes_back_and_which_failures_it_ends()
    {
        var recovery = With("events.0.kind", "\"recovered\"");
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "report.schema.json"), TestContext.Current.CancellationToken);

        Assert.Equal(["$.events[0].of", "$.events[0].recovers"], Parse(recovery).Problems.Select(problem => problem.Path));
        Assert.NotEmpty(schema.Validate(recovery.ToJsonString()));

        recovery["events"]![0]!["of"] = "failed";
        recovery["events"]![0]!["recovers"] = new JsonArray("6f1d");

        Assert.Equal(["6f1d"], Parse(recovery).Report?.Events[0].Recovers);
        Assert.Empty(schema.Validate(recovery.ToJsonString()));
    }

    [Fact]
    public async Task A_clean_run_that_says_when_the_next_one_is_due_needs_no_events()
    {
        var clean = With("events", "[]");
        clean["run"]!["nextDueAt"] = "2026-11-22T16:00:00Z";
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "report.schema.json"), TestContext.Current.CancellationToken);

        Assert.Empty(Parse(clean).Report!.Events); // It is valid.
        Assert.Empty(schema.Validate(clean.ToJsonString()));
    }

    [Fact]
    public void Nobody_can_report_in_the_name_of_the_relay()
    {
        Assert.Null(Parse(With("run.mode", "\"relay\"")).Report?.Run.Mode);
    }

    [Fact]
    public void What_has_more_events_than_a_report_can_hold_is_refused_at_once()
    {
        var problem = Assert.Single(Parse(With("events", $"[{string.Join(',', Enumerable.Repeat("{}", 10_001))}]")).Problems);

        Assert.Equal("$.events", problem.Path);
    }

    [Fact]
    public void No_more_problems_are_noted_than_anybody_reads()
    {
        Assert.Equal(50, Parse(With("events", $"[{string.Join(',', Enumerable.Repeat("{}", 9_000))}]")).Problems.Count);
    }

    [Fact]
    public void Every_wrong_field_is_named()
    {
        var report = Good();
        report["run"]!["id"] = 7;
        report["events"]![0]!["host"] = null;
        report["events"]![0]!["kind"] = "x";

        Assert.Equal(["$.run.id", "$.events[0].kind", "$.events[0].host"], Parse(report).Problems.Select(problem => problem.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("{\"version\": 1,}")]
    [InlineData("{\"version\": 1, \"x\": \"\\udcff\"}")]
    [InlineData("{\"version\": 1, \"\\udcff\": 1}")]
    public void What_is_no_JSON_object_of_valid_Unicode_is_refused(string json) => AssertRefused(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused() => AssertRefused([.. "{\"x\": \""u8, 0xff, .. "\"}"u8]);

    [Fact]
    public void Nesting_a_thousand_deep_is_refused() =>
        AssertRefused(Encoding.UTF8.GetBytes("{\"x\": " + new string('[', 1000) + new string(']', 1000) + "}"));

    [Fact]
    public void No_problem_repeats_what_was_sent() =>
        Assert.All(
            new[] { "{ hunter2", "{\"version\": 1, \"channel\": {\"hunter2\": 1}}", With("events.0.kind", "\"hunter2\"").ToJsonString() },
            json => Assert.DoesNotContain("hunter2", string.Concat(ReportParser.Parse(Encoding.UTF8.GetBytes(json)).Problems)));

    private static void AssertRefused(byte[] json)
    {
        var (report, problems) = ReportParser.Parse(json);

        Assert.Null(report);
        Assert.Equal("$", Assert.Single(problems).Path);
    }

    private static (Report? Report, IReadOnlyList<FieldProblem> Problems) Parse(JsonNode json) =>
        ReportParser.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()));

    /// <summary>A good report in which one field is another value, or missing for <c>-</c>.</summary>
    private static JsonObject With(string field, string value)
    {
        var report = Good();
        JsonNode parent = report;
        var names = field.Split('.');
        foreach (var name in names[..^1])
        {
            parent = (int.TryParse(name, out var index) ? parent[index] : parent[name])!; // The tables name what is there.
        }

        if (parent is JsonArray array)
        {
            array[int.Parse(names[^1])] = JsonNode.Parse(value);
        }
        else if (value == "-")
        {
            parent.AsObject().Remove(names[^1]);
        }
        else
        {
            parent[names[^1]] = JsonNode.Parse(value);
        }

        return report;
    }

    private static JsonObject Good() => JsonNode.Parse("""
        {
          "version": 1, "channel": "db",
          "run": {
            "id": "0b8e", "source": "ctl-01.example.com", "playbook": "site.yml", "mode": "push", "startedAt": "2026-11-22T10:00:00Z",
            "ansibleVersion": "2.18.1", "checkMode": false, "user": "deploy", "revision": "4f0c2ab", "link": "https://ci.example.com/7",
            "labels": { "env": "prod" }
          },
          "events": [{
            "id": "6f1d", "kind": "failed", "at": "2026-11-22T10:00:04Z", "host": "web-01", "delegatedTo": null, "play": "Web",
            "task": "Install", "role": "nginx", "action": "ansible.builtin.apt", "path": "roles/nginx/tasks/main.yml:12", "attempts": 3,
            "message": "no", "returnCode": 2, "stdout": "out", "stderr": "err", "items": [{ "item": "nginx", "message": "no" }],
            "details": { "changed": false }
          }]
        }
        """)!.AsObject();
}
