namespace Relay.Reports;

/// <summary>Reads a report strictly: every known field has to be as <c>report.schema.json</c> says, unknown ones are ignored.</summary>
internal static class ReportParser
{
    private const int Version = 1;
    private const int Host = 255;
    private const int Id = 200;

    /// <summary>The report, or null and what is wrong with it.</summary>
    public static (Report? Report, IReadOnlyList<FieldProblem> Problems) Parse(ReadOnlyMemory<byte> json)
    {
        var problems = new List<FieldProblem>();
        using var document = ReportDocument.Parse(json, problems);

        if (document is null)
        {
            return (null, problems);
        }

        var report = ReadReport(new JsonField(document.RootElement, "$", problems));
        return (problems.Count == 0 ? report : null, problems);
    }

    private static Report? ReadReport(JsonField report)
    {
        if (!report.Is("version", Version))
        {
            return null;
        }

        var channel = report.Text("channel", 80);
        var run = report.RequiredObject("run") is { } field ? ReadRun(field) : null;
        var events = report.RequiredList("events").Select(ReadEvent).ToList();
        return run is null ? null : new Report(channel, run, events);
    }

    private static Run ReadRun(JsonField run) => new()
    {
        Id = run.RequiredText("id", Id),
        Source = run.RequiredText("source", Host),
        Playbook = run.Text("playbook", 1024),
        Mode = run.Text("mode", 32),
        StartedAt = run.Time("startedAt"),
        AnsibleVersion = run.Text("ansibleVersion", 64),
        CheckMode = run.Flag("checkMode"),
        User = run.Text("user", 255),
        Revision = run.Text("revision", 255),
        Link = run.Text("link", 2048),
        Labels = run.Texts("labels", most: 20, longestName: 80, longest: 255),
    };

    private static Event ReadEvent(JsonField one)
    {
        var kind = one.RequiredChoice("kind", EventKinds.All);
        var of = one.Choice("of", EventKinds.Failures);

        if (kind == EventKind.Recovered && one.Text("of") is null)
        {
            one.Wrong("of", "is required where kind is recovered", false);
        }

        return new()
        {
            Id = one.RequiredText("id", Id),
            Kind = kind,
            Of = of,
            At = one.RequiredTime("at"),
            Host = one.RequiredText("host", Host),
            DelegatedTo = one.Text("delegatedTo", Host),
            Play = one.Text("play"),
            Task = one.Text("task"),
            Role = one.Text("role"),
            Action = one.Text("action"),
            Path = one.Text("path"),
            Attempts = one.WholeNumber("attempts", lowest: 1),
            Message = one.Text("message"),
            ReturnCode = one.WholeNumber("returnCode"),
            Stdout = one.Text("stdout"),
            Stderr = one.Text("stderr"),
            Items = one.List("items")?.Select(ReadItem).ToList(),
            Details = one.RawObject("details"),
        };
    }

    private static FailedItem ReadItem(JsonField item) =>
        new(item.RequiredText("item", JsonField.AnyLength, mayBeEmpty: true), item.Text("message"));
}
