using Relay.Incidents;
using Relay.Routes;
using Relay.Slack;

namespace Relay.Delivery;

/// <summary>The notifications that a flush still has to deliver, and the form in which the first ones are tried next.</summary>
/// <remarks>
/// A webhook's message holds several incidents. With a bot each has a message of its own: that is edited first, which may be done twice,
/// and is then answered, so that a crash between the two repeats nothing that anybody sees.
/// </remarks>
internal sealed class DeliveryAttempt
{
    private readonly List<PendingNotification> _pending = [];

    /// <summary>Slack has refused a message that held several: one by one, only the one that it cannot read is left out.</summary>
    private bool _isOneByOne;

    /// <summary>Slack has refused the message with its attachment.</summary>
    private bool _isPlain;

    /// <summary>The incident's own message shows the new state; the answer to it is still to come.</summary>
    private bool _isEdited;

    /// <summary>The incident's own message can be edited no more, so that a new one takes its place.</summary>
    private bool _isMessageGone;

    /// <summary>Whether any notification is left.</summary>
    public bool Any => _pending.Count > 0;

    /// <summary>Whether there are enough for a whole message.</summary>
    public bool IsFull => _pending.Count >= MessageComposer.MostAttachments;

    /// <summary>Adds a notification behind the others.</summary>
    public void Add(PendingNotification notification) => _pending.Add(notification);

    /// <summary>The message for <paramref name="destination"/> that comes next.</summary>
    public ComposedMessage Compose(Destination destination) => destination switch
    {
        BotDestination bot => new(ForBot(bot, _pending[0].Notification), 1),
        _ when _isPlain || _isOneByOne => new(Draw(_pending[0].Notification), 1),
        _ => MessageComposer.Compose([.. _pending.Select(one => one.Notification)]),
    };

    /// <summary>Whether another message is to be tried for the same notifications, because of what became of this one.</summary>
    public bool GoesOn(Posting posting)
    {
        switch (posting.Outcome)
        {
            case Outcome.Delivered when posting.Composed.Message.Edits is not null:
                (_isEdited, _isPlain) = (true, false);
                return true;
            case Outcome.MessageGone:
                (_isMessageGone, _isPlain) = (true, false);
                return true;
            case Outcome.SecretRotated:
                return true;
            case Outcome.Malformed when posting.Composed.Taken > 1:
                return _isOneByOne = true;
            case Outcome.Malformed when !_isPlain:
                return _isPlain = true;
            default:
                return false;
        }
    }

    /// <summary>Takes out the first ones, with which it is over. Whoever was refused in company leaves the next ones one by one.</summary>
    public IReadOnlyList<PendingNotification> Take(int count)
    {
        var taken = _pending[..count];
        _pending.RemoveRange(0, count);
        (_isPlain, _isEdited, _isMessageGone) = (false, false, false);
        return taken;
    }

    private SlackMessage ForBot(BotDestination bot, Notification notification) => OwnMessage(bot, notification) switch
    {
        { } own when _isEdited => Draw(notification.AsAnswer()) with { Answers = own },
        var own => Draw(notification.AsState()) with { Edits = own },
    };

    /// <summary>The message that the incident has in the bot's channel, if any.</summary>
    private PostedMessage? OwnMessage(BotDestination bot, Notification notification) =>
        notification.Incident.LastNotification?.Message is { } posted && posted.Channel == bot.Channel && !_isMessageGone ? posted : null;

    private SlackMessage Draw(Notification notification) =>
        _isPlain ? MessageComposer.Plain(notification) : MessageComposer.Compose([notification]).Message;
}
