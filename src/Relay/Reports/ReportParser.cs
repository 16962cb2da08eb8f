namespace Relay.Reports;

/// <summary>Reads a report strictly: every known field has to be as <c>report.schema.json</c> says, unknown ones are ignored.</summary>
internal static class ReportParser
{
    private const int Version = 1;
    private const int Host = 255;
    private const int Id = 200;
    private const int MostNames = 100;

    /// <summary>More than fit into a report with a word of their own each: what has more is no report of ours.</summary>
    private const int MostEvents = 10_000;

    /// <summary>As many failures of one task on one host as a host remembers.</summary>
    private const int MostRecovered = 64;

    /// <summary>The report, or null and what is wrong with it.</summary>
    public static (Report? Report, IReadOnlyList<FieldProblem> Problems) Parse(ReadOnlyMemory<byte> json)
    {
        var problems = new FieldProblems();
        using var document = ReportDocument.Parse(json, problems);

        if (document is null)
        {
            return (null, problems);
        }

        var report = ReadReport(new JsonField(document.RootElement, "$", problems), problems);
        return (problems.Count == 0 ? report : null, problems);
    }

    private static Report? ReadReport(JsonField report, FieldProblems problems)
    {
        if (!report.Is("version", Version))
        {
            return null;
        }

        var channel = report.Text("channel", 80);
        var run = report.RequiredObject("run") is { } field ? ReadRun(field) : null;
        // A clean run that says when the next one is due has nothing else to report.
        var fields = run?.NextDueAt is null ? report.RequiredList("events", MostEvents) : report.List("events", MostEvents) ?? [];
        var events = fields.TakeWhile(_ => !problems.IsFull).Select(ReadEvent).ToList();
        return run is null ? null : new Report(channel, run, events);
    }

    private static Run ReadRun(JsonField run) => new()
    {
        Id = run.RequiredText("id", Id),
        Source = run.RequiredText("source", Host),
        Project = run.Text("project", 255),
        Playbook = run.Text("playbook", 1024),
        Inventory = run.Text("inventory", 255),
        Mode = run.Text("mode", 32) is RunModes.Push or RunModes.Pull or RunModes.Test ? run.Text("mode") : null,
        StartedAt = run.Time("startedAt"),
        AnsibleVersion = run.Text("ansibleVersion", 64),
        CheckMode = run.Flag("checkMode"),
        User = run.Text("user", 255),
        Revision = run.Text("revision", 255),
        Link = run.Text("link", 2048),
        Tags = run.TextList("tags", 0, MostNames, 255),
        SkipTags = run.TextList("skipTags", 0, MostNames, 255),
        ExtraVariables = run.TextList("extraVariables", 0, MostNames, 255),
        HostCount = run.WholeNumber("hostCount", lowest: 0),
        CallbackVersion = run.Text("callbackVersion", 64),
        NextDueAt = run.Time("nextDueAt"),
        Labels = run.Texts("labels", most: 20, longestName: 100, longest: 255),
    };

    private static Event ReadEvent(JsonField one)
    {
        var kind = one.RequiredChoice("kind", EventKinds.All);
        var of = one.Choice("of", EventKinds.Failures);
        var recovers = one.TextList("recovers", 1, MostRecovered, Id);

        if (kind == EventKind.Recovered && one.Text("of") is null)
        {
            one.Wrong("of", "is required where kind is recovered", false);
        }

        if (kind == EventKind.Recovered && !one.Has("recovers"))
        {
            one.Wrong("recovers", "is required where kind is recovered", false);
        }

        return new()
        {
            Id = one.RequiredText("id", Id),
            Run = one.Text("run", Id),
            Kind = kind,
            Of = of,
            Recovers = recovers,
            At = one.RequiredTime("at"),
            Host = one.RequiredText("host", Host),
            DelegatedTo = one.Text("delegatedTo", Host),
            Play = one.Text("play"),
            Task = one.Text("task"),
            WrittenTask = one.Text("writtenTask"),
            Handler = one.Flag("handler"),
            Role = one.Text("role"),
            Action = one.Text("action"),
            Path = one.Text("path"),
            Attempts = one.WholeNumber("attempts", lowest: 1),
            Cause = one.Text("cause", 300),
            CauseKey = one.Hexadecimal("causeKey", 16),
            Message = one.Text("message"),
            ReturnCode = one.WholeNumber("returnCode"),
            Stdout = one.Text("stdout"),
            Stderr = one.Text("stderr"),
            Items = one.List("items")?.Select(ReadItem).ToList(),
            ItemCount = one.WholeNumber("itemCount", lowest: 0),
            Details = one.RawObject("details"),
        };
    }

    private static FailedItem ReadItem(JsonField item) =>
        new(item.RequiredText("item", JsonField.AnyLength, mayBeEmpty: true), item.Text("message"));
}
