using Relay.Redaction;

namespace Relay.Reports;

/// <summary>Masks secrets in a report once more, behind the callback that has done so already: an old callback knows fewer of them.</summary>
internal static class RedactedReport
{
    /// <summary>The report with every text masked that a play can have put a secret into.</summary>
    public static Report Of(Report report) => report with
    {
        Run = report.Run with
        {
            Link = Masked(report.Run.Link),
            Labels = report.Run.Labels?.ToDictionary(label => label.Key, label => Redactor.Text(label.Value)),
        },
        Events = [.. report.Events.Select(Of)],
    };

    private static Event Of(Event one) => one with
    {
        Play = Masked(one.Play),
        Task = Masked(one.Task),
        Role = Masked(one.Role),
        Action = Masked(one.Action),
        Path = Masked(one.Path),
        Message = Masked(one.Message),
        Stdout = Masked(one.Stdout),
        Stderr = Masked(one.Stderr),
        Items = one.Items?.Select(item => new FailedItem(Redactor.Text(item.Item), Masked(item.Message))).ToList(),
        Details = one.Details is { } details ? Redactor.Value(details) : null,
    };

    private static string? Masked(string? text) => text is null ? null : Redactor.Text(text);
}
