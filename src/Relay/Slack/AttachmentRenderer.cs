using Relay.Incidents;
using Relay.Reports;

namespace Relay.Slack;

/// <summary>Draws one incident for whoever is woken by it: what broke, where and why, first.</summary>
internal static class AttachmentRenderer
{
    /// <summary>The longest an attachment becomes, in characters on the wire.</summary>
    public const int Longest = 4_000;

    private const string Good = "#2eb67d";
    private const int LongestFallback = 300;
    private const int LongestLink = 1_000;

    /// <summary>The attachment of <paramref name="notice"/>, with all text escaped and bounded.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The notice has nothing to say.</exception>
    public static Attachment Render(Notice notice)
    {
        var (run, seen) = notice.Incident.Evidence;
        var hosts = new IncidentHosts(notice);
        var title = Headline.Of(notice, hosts);
        var attachment = new Attachment
        {
            Color = run.IsTest ? Good : Color(notice.Saying, seen.FailureKind),
            Fallback = Summary(notice, title, LongestFallback),
            Title = title,
            TitleLink = Link(run.Link),
            Fields = IncidentFields.Of(notice, hosts),
            Footer = Footer(run),
            Ts = hosts.Began,
        };
        return attachment with { Text = ErrorText.Of(notice, Longest - attachment.Length) };
    }

    /// <summary>The notice in one line of wire text.</summary>
    internal static string Summary(Notice notice, int max) => Summary(notice, Headline.Of(notice, new IncidentHosts(notice)), max);

    private static string Summary(Notice notice, string title, int max)
    {
        var error = notice.Saying == Saying.Resolve ? "" : ErrorText.FirstLine(notice.Incident.Evidence.Event, max);
        return SlackText.Cut(error.Length > 0 ? $"{title}: {error}" : title, max);
    }

    private static string Color(Saying saying, EventKind kind) => (saying, kind) switch
    {
        (Saying.Resolve, _) => Good,
        (_, EventKind.Unreachable) => "#e8912d",
        _ => "#d40e0d",
    };

    /// <summary>The link only if it is a web page's. Its ampersands stay: an address is no text to Slack.</summary>
    private static string? Link(string? link) =>
        Uri.TryCreate(CleanText.Of(link).Trim(), UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
        && url.UserInfo.Length == 0
        && url.AbsoluteUri.Length <= LongestLink
            ? url.AbsoluteUri
            : null;

    private static string Footer(Run run)
    {
        var playbook = run.Playbook?.Split('/', '\\').LastOrDefault(part => part.Length > 0);
        var ansible = SlackText.Line(run.AnsibleVersion, 40);
        string[] parts =
        [
            SlackText.Line(playbook, 80),
            SlackText.Line(run.Source, 100),
            ansible.Length > 0 ? $"ansible-core {ansible}" : "",
        ];
        return string.Join(" · ", parts.Where(part => part.Length > 0));
    }
}
