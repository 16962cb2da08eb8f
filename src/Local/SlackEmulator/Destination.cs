namespace Local.SlackEmulator;

/// <summary>Where a message goes. Slack's limit of one message a second holds for each destination on its own.</summary>
/// <param name="Id"><c>team/hook</c> for a webhook, never with its token, which is secret; the channel for a bot token.</param>
/// <param name="Channel">The channel's name on the inbox page.</param>
public sealed record Destination(string Id, string Channel)
{
    /// <summary>Where a bot posts: a channel by its name or its id.</summary>
    public static Destination OfChannel(string channel)
    {
        var name = ChannelIds.NameOf(channel);
        return new Destination(name, name);
    }

    public override string ToString() => Id;
}
