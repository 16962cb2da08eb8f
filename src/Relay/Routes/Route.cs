using System.Text.RegularExpressions;

namespace Relay.Routes;

/// <summary>A way to Slack that reports choose by their channel's name.</summary>
/// <param name="Name">Lower-case letters, digits and hyphens: it is part of blob names.</param>
/// <param name="Secret">The name of the secret that holds the webhook's URL or the bot token; never its value.</param>
/// <param name="Channel">Where a bot token posts; a webhook has its own channel.</param>
public sealed partial record Route(string Name, string Secret, string? Channel)
{
    /// <summary>The name of the route that takes whatever no other one does.</summary>
    public const string Default = "default";

    /// <summary>The channel as Slack takes it, which does not care for a <c>#</c> or for upper case.</summary>
    public string? ChannelName => Channel?.TrimStart('#').ToLowerInvariant();

    /// <summary>A route whose secret is called as usual.</summary>
    public static Route Named(string name, string? channel = null) => new(name, SecretOf(name), channel);

    /// <summary>What the secret of a route is called unless a setting says otherwise.</summary>
    public static string SecretOf(string name) => name == Default ? "slack-webhook-url" : $"slack-webhook-url-{name}";

    /// <summary>Whether <paramref name="name"/> can name a route.</summary>
    public static bool IsName(string name) => Names().IsMatch(name);

    /// <summary>A channel as it is compared: with or without its <c>#</c>, in any case; null where none is asked for.</summary>
    public static string? NameOf(string? channel) => channel?.Trim().TrimStart('#').ToLowerInvariant() is { Length: > 0 } name ? name : null;

    /// <summary>Where the route leads with <paramref name="secret"/>, the value.</summary>
    /// <exception cref="FormatException">It leads nowhere. The message does not show the secret.</exception>
    public Destination DestinationOf(string? secret, AllowedHosts allowed) =>
        Destination.TryParse(secret, Channel, allowed, out var destination, out var problem)
            ? destination
            : throw new FormatException($"The route '{Name}' leads nowhere. {problem}");

    [GeneratedRegex("^[a-z0-9](-?[a-z0-9]){0,59}$")]
    private static partial Regex Names();
}
