using Relay.Incidents;
using Relay.Reports;
using Relay.Text;

namespace Relay.Slack;

/// <summary>Draws one incident for whoever is woken by it: what broke, where and why, first.</summary>
internal static class AttachmentRenderer
{
    /// <summary>The longest an attachment becomes, in characters on the wire.</summary>
    public const int Longest = 4_000;

    private const string Good = "#2eb67d";
    private const int LongestFallback = 300;
    private const int LongestLink = 1_000;

    /// <summary>The attachment of <paramref name="notification"/>, with all text escaped and bounded.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The notification has nothing to say.</exception>
    public static Attachment Render(Notification notification)
    {
        var (run, seen) = notification.Incident.Evidence;
        var hosts = new IncidentHosts(notification);
        var title = Headline.Of(notification, hosts);
        var attachment = new Attachment
        {
            Color = run.IsTest ? Good : Color(notification.Kind, seen.FailureKind),
            Fallback = Summary(notification, title, LongestFallback),
            Title = title,
            TitleLink = Link(run.Link),
            Fields = IncidentFields.Of(notification, hosts),
            Footer = Footer(run),
            Ts = hosts.Began,
        };
        return attachment with { Text = ErrorText.Of(notification, Longest - attachment.Length) };
    }

    /// <summary>The notification in one line of wire text.</summary>
    internal static string Summary(Notification notification, int max) =>
        Summary(notification, Headline.Of(notification, new IncidentHosts(notification)), max);

    private static string Summary(Notification notification, string title, int max)
    {
        var error = notification.Kind == NotificationKind.Resolve ? "" : ErrorText.FirstLine(notification.Incident.Evidence.Event, max);
        return SlackText.Cut(error.Length > 0 ? $"{title}: {error}" : title, max);
    }

    private static string Color(NotificationKind notification, EventKind failure) => (notification, failure) switch
    {
        (NotificationKind.Resolve, _) => Good,
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
