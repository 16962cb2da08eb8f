namespace Local.SlackEmulator;

/// <summary>One line of news for whoever watches the inbox.</summary>
/// <param name="Kind">The name of the server-sent event.</param>
/// <param name="Message">The message that is new or edited, null for other news.</param>
public sealed record InboxEvent(string Kind, SlackMessage? Message)
{
    /// <summary>The stream is open: nothing that happens from here on is missed.</summary>
    public static InboxEvent Ready { get; } = new("ready", null);

    public static InboxEvent Cleared { get; } = new("cleared", null);

    /// <summary>The statistics or the fault changed.</summary>
    public static InboxEvent Activity { get; } = new("activity", null);

    public static InboxEvent Of(SlackMessage message) => new("message", message);
}
