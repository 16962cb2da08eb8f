using Relay.Routes;

namespace Local.Slack;

/// <summary>The emulator's own bot, for routes that have a channel and no secret.</summary>
public static class EmulatedBot
{
    /// <summary>Its token, which no other Slack knows.</summary>
    public const string Token = "xoxb-emulator";

    /// <summary>Whether <paramref name="bot"/> is the emulator's.</summary>
    public static bool Is(BotDestination bot) => bot.Token == Token;
}
