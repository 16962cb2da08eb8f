using Relay.Incidents;
using Relay.Slack;

namespace Relay.Routes;

/// <summary>The rule that makes the next message of the notices that are to be told, and how far the telling of the first one has come.</summary>
/// <remarks>
/// A webhook's message tells of several incidents. With a bot each has a message of its own: that is edited first, which may be done
/// twice, and is then answered, so that a crash between the two repeats nothing that anybody sees.
/// </remarks>
internal sealed record Telling
{
    /// <summary>Slack has refused a message that held several: one by one, only the one that it cannot read is left out.</summary>
    public bool IsOneByOne { get; private init; }

    /// <summary>Slack has refused the message with its attachment.</summary>
    public bool IsPlain { get; private init; }

    /// <summary>The incident's own message shows how things stand; the answer to it is still to come.</summary>
    public bool IsEdited { get; private init; }

    /// <summary>The incident's own message can be edited no more, so that a new one takes its place.</summary>
    public bool IsLost { get; private init; }

    /// <summary>The message for <paramref name="destination"/> that comes next.</summary>
    public ComposedMessage Compose(Destination destination, IReadOnlyList<Notice> notices) => destination switch
    {
        BotDestination bot => new(ForBot(bot, notices[0]), 1),
        _ when IsPlain || IsOneByOne => new(Draw(notices[0]), 1),
        _ => MessageComposer.Compose(notices),
    };

    /// <summary>What follows before the notices of <paramref name="posting"/> are told; null if nothing does.</summary>
    public Telling? After(Posting posting) => posting.Outcome switch
    {
        Outcome.Told when posting.Composed.Message.Edits is not null => this with { IsEdited = true, IsPlain = false },
        Outcome.Lost => this with { IsLost = true, IsPlain = false },
        Outcome.Renewed => this,
        Outcome.Malformed when posting.Composed.Taken > 1 => this with { IsOneByOne = true },
        Outcome.Malformed when !IsPlain => this with { IsPlain = true },
        _ => null,
    };

    /// <summary>The telling of the notice behind the first one.</summary>
    public Telling OfNext() => new() { IsOneByOne = IsOneByOne };

    private SlackMessage ForBot(BotDestination bot, Notice notice) => OwnMessage(bot, notice) switch
    {
        { } own when IsEdited => Draw(notice.AsAnswer()) with { Answers = own },
        var own => Draw(notice.AsState()) with { Edits = own },
    };

    /// <summary>The message that the incident has in the bot's channel, if any.</summary>
    private PostedMessage? OwnMessage(BotDestination bot, Notice notice) =>
        notice.Incident.Told?.Message is { } posted && posted.Channel == bot.Channel && !IsLost ? posted : null;

    private SlackMessage Draw(Notice notice) => IsPlain ? MessageComposer.Plain(notice) : MessageComposer.Compose([notice]).Message;
}
