using Relay.Redaction;

namespace Relay.Reports;

/// <summary>Masks secrets in a report once more, behind the callback that has done so already: an old callback knows fewer of them.</summary>
internal static class RedactedReport
{
    /// <summary>The report with every text masked; times, numbers and kinds hold none, and an id is no text.</summary>
    public static Report Of(Report report) => report with
    {
        Channel = Masked(report.Channel),
        Run = report.Run with
        {
            Id = Redactor.Text(report.Run.Id),
            Source = Redactor.Text(report.Run.Source),
            Project = Masked(report.Run.Project),
            Playbook = Masked(report.Run.Playbook),
            Inventory = Masked(report.Run.Inventory),
            Tags = Masked(report.Run.Tags),
            SkipTags = Masked(report.Run.SkipTags),
            ExtraVariables = Masked(report.Run.ExtraVariables),
            CallbackVersion = Masked(report.Run.CallbackVersion),
            AnsibleVersion = Masked(report.Run.AnsibleVersion),
            User = Masked(report.Run.User),
            Revision = Masked(report.Run.Revision),
            Link = Masked(report.Run.Link),
            Labels = report.Run.Labels is { } labels ? Of(labels) : null,
        },
        Events = [.. report.Events.Select(Of)],
    };

    private static Event Of(Event one) => one with
    {
        Id = Redactor.Text(one.Id),
        Run = Masked(one.Run),
        Recovers = Masked(one.Recovers),
        Host = Redactor.Text(one.Host),
        DelegatedTo = Masked(one.DelegatedTo),
        Play = Masked(one.Play),
        Task = Masked(one.Task),
        WrittenTask = Masked(one.WrittenTask),
        Role = Masked(one.Role),
        Action = Masked(one.Action),
        Path = Masked(one.Path),
        Cause = Masked(one.Cause),
        Message = Masked(one.Message),
        Stdout = Masked(one.Stdout),
        Stderr = Masked(one.Stderr),
        Items = one.Items?.Select(item => new FailedItem(Redactor.Text(item.Item), Masked(item.Message))).ToList(),
        Details = one.Details is { } details ? Redactor.Value(details) : null,
    };

    /// <summary>A label's name may say that its value is a secret, and may be one itself; two that are masked are one.</summary>
    private static Dictionary<string, string> Of(IReadOnlyDictionary<string, string> labels)
    {
        var masked = new Dictionary<string, string>();
        foreach (var (name, value) in labels)
        {
            masked[Redactor.Text(name)] = Redactor.Named(name, value);
        }

        return masked;
    }

    private static List<string>? Masked(IReadOnlyList<string>? texts) => texts?.Select(Redactor.Text).ToList();

    private static string? Masked(string? text) => text is null ? null : Redactor.Text(text);
}
