using System.Text.Json;
using System.Text.Json.Nodes;
using Relay.Reports;
using Relay.Tests.Redaction;

namespace Relay.Tests.Reports;

/// <summary>A secret leaves no report, whichever of its texts it stands in.</summary>
public sealed class RedactedReportTests
{
    private static readonly string Canary = RedactionExamples.Expanded("gh" + "p_{alnum:36}");

    /// <summary>The paths of every text in a report of the contract.</summary>
    public static TheoryData<string> Texts { get; } =
    [
        "channel", "run.id", "run.source", "run.playbook", "run.ansibleVersion", "run.user", "run.revision", "run.labels.env",
        "events.0.id", "events.0.host", "events.0.delegatedTo", "events.0.play", "events.0.task", "events.0.role", "events.0.action", "events.0.path",
        "events.0.message", "events.0.stdout", "events.0.stderr", "events.0.items.0.item", "events.0.items.0.message", "events.0.details.x",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Secret_in_any_text_is_masked(string path)
    {
        var report = Read(json => Set(json, path, Canary));

        Assert.DoesNotContain(Canary[8..], JsonSerializer.Serialize(RedactedReport.Of(report)), StringComparison.Ordinal);
    }

    [Fact]
    public void Secret_in_a_link_s_query_is_masked()
    {
        var report = Read(json => Set(json, "run.link", $"https://ci.example.com/job/7?to{"ken"}={Canary}&x=1"));

        Assert.Equal("https://ci.example.com/job/7?token=[redacted]&x=1", RedactedReport.Of(report).Run.Link);
    }

    [Fact]
    public void Label_s_name_says_that_its_value_is_a_secret()
    {
        var report = Read(json => json["run"]!["labels"] = new JsonObject { ["api_token"] = "hunter2", ["env"] = "prod", [Canary] = "x" }); // The run is there.

        Assert.Equal(
            new Dictionary<string, string> { ["api_token"] = "[redacted]", ["env"] = "prod", ["[redacted]"] = "x" }, RedactedReport.Of(report).Run.Labels);
    }

    private static Report Read(Action<JsonNode> change)
    {
        var json = JsonNode.Parse("""
            {"version": 1, "channel": "db", "run": {"id": "1", "source": "ctl", "labels": {"env": "prod"}},
             "events": [{"id": "1", "kind": "failed", "at": "2026-11-22T10:00:00Z", "host": "web-01", "message": "no",
                         "items": [{"item": "a", "message": "b"}], "details": {"x": "y"}}]}
            """)!; // Not `null`.
        change(json);
        var (report, problems) = ReportParser.Parse(JsonSerializer.SerializeToUtf8Bytes(json));
        Assert.Empty(problems);
        return report!; // There are no problems.
    }

    private static void Set(JsonNode json, string path, string text)
    {
        var steps = path.Split('.');
        var parent = steps[..^1].Aggregate(json, (node, step) => (int.TryParse(step, out var index) ? node[index] : node[step])!); // The paths are ours.
        parent[steps[^1]] = text;
    }
}
