using Relay.Incidents;
using Relay.Routes;
using Relay.Slack;

namespace Relay.Delivery;

/// <summary>The rule that makes the next message of notifications, and how far the delivery of the first one has come.</summary>
/// <remarks>
/// A webhook's message holds several incidents. With a bot each has a message of its own: that is edited first, which may be done twice,
/// and is then answered, so that a crash between the two repeats nothing that anybody sees.
/// </remarks>
/// <param name="Notifications">The first ones that are pending: one alone where Slack has refused it in company.</param>
/// <param name="IsPlain">Slack has refused the message with its attachment.</param>
internal sealed record DeliveryAttempt(IReadOnlyList<PendingNotification> Notifications, bool IsPlain)
{
    /// <summary>The incident's own message shows the new state; the answer to it is still to come.</summary>
    private bool IsEdited { get; init; }

    /// <summary>The incident's own message can be edited no more, so that a new one takes its place.</summary>
    private bool IsMessageGone { get; init; }

    /// <summary>The message for <paramref name="destination"/>.</summary>
    public ComposedMessage Compose(Destination destination) => destination switch
    {
        BotDestination bot => new(ForBot(bot, Notifications[0].Notification), 1),
        _ when IsPlain => new(Draw(Notifications[0].Notification), 1),
        _ => MessageComposer.Compose([.. Notifications.Select(one => one.Notification)]),
    };

    /// <summary>The attempt that completes this one, or takes its place, because of what became of it; null where none does.</summary>
    public DeliveryAttempt? After(Posting posting) => posting.Outcome switch
    {
        Outcome.Delivered when posting.Composed.Message.Edits is not null => this with { IsEdited = true, IsPlain = false },
        Outcome.MessageGone => this with { IsMessageGone = true, IsPlain = false },
        Outcome.SecretRotated => this,
        Outcome.Malformed when posting.Composed.Taken == 1 && !IsPlain => this with { IsPlain = true },
        _ => null,
    };

    private SlackMessage ForBot(BotDestination bot, Notification notification) => OwnMessage(bot, notification) switch
    {
        { } own when IsEdited => Draw(notification.AsAnswer()) with { Answers = own, IsBroadcast = IsBroadcastOf(notification.Kind) },
        var own => Draw(notification.AsState()) with { Edits = own },
    };

    /// <summary>Who looks at the channel alone sees that it grows, goes on or is back; that it is fixed the edited message shows.</summary>
    private static bool IsBroadcastOf(NotificationKind kind) => kind is NotificationKind.Update or NotificationKind.Remind or NotificationKind.Return;

    /// <summary>The message that the incident has in the bot's channel, if any.</summary>
    private PostedMessage? OwnMessage(BotDestination bot, Notification notification) =>
        notification.Incident.LastNotification?.Message is { } posted && posted.Channel == bot.Channel && !IsMessageGone ? posted : null;

    private SlackMessage Draw(Notification notification) =>
        IsPlain ? MessageComposer.Plain(notification) : MessageComposer.Compose([notification]).Message;
}
