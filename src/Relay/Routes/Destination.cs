using System.Diagnostics.CodeAnalysis;

namespace Relay.Routes;

/// <summary>Where messages go: an incoming webhook, or a channel with a bot token. Its text never shows the secret.</summary>
public abstract record Destination
{
    private const string BotPrefix = "xoxb-";
    private static readonly string[] OtherTokens = ["xox", "xapp-"];

    private protected Destination()
    {
    }

    /// <summary>How the destination is named in logs.</summary>
    private protected abstract string Name { get; }

    /// <summary>Reads a route's secret, whose form decides the way: a webhook's address, or a bot token.</summary>
    /// <param name="channel">A name or an id, for a bot token; a webhook has a channel of its own.</param>
    /// <param name="problem">What is wrong with the secret, without showing it.</param>
    public static bool TryParse(
        string? secret,
        string? channel,
        AllowedHosts allowed,
        [NotNullWhen(true)] out Destination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        secret = (secret ?? "").Trim();
        channel = (channel ?? "").Trim();
        problem = ProblemOf(secret, channel, allowed);
        destination = (problem, IsBot(secret)) switch
        {
            (not null, _) => null,
            (null, true) => new BotDestination(secret, channel),
            (null, false) => new WebhookDestination(new Uri(secret)),
        };
        return problem is null;
    }

    /// <summary>The destination without its secret, for logs.</summary>
    public sealed override string ToString() => Name;

    private static bool IsBot(string secret) => secret.StartsWith(BotPrefix, StringComparison.Ordinal);

    private static string? ProblemOf(string secret, string channel, AllowedHosts allowed) => secret switch
    {
        "" => "The Slack secret is empty.",
        _ when secret.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase) =>
            "The Slack secret is an unresolved Key Vault reference.",
        _ when secret.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) => "The Slack secret has white space in it.",
        _ when IsBot(secret) => ProblemOfBot(secret, channel),
        _ when OtherTokens.Any(prefix => secret.StartsWith(prefix, StringComparison.Ordinal)) =>
            $"The Slack secret is a token, but not a bot token ({BotPrefix}…).",
        _ => ProblemOfWebhook(secret, allowed),
    };

    private static string? ProblemOfBot(string token, string channel)
    {
        if (token.Length == BotPrefix.Length || !token.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            return "The bot token has characters that no bot token has, or nothing after its prefix.";
        }

        return channel switch
        {
            "" or "#" => "A bot token needs a channel.",
            _ when channel.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) => "The channel has white space in it.",
            _ => null,
        };
    }

    private static string? ProblemOfWebhook(string secret, AllowedHosts allowed) =>
        Uri.TryCreate(secret, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? (allowed.Allow(url), url.AbsolutePath) switch
            {
                (false, _) => "The webhook is not https on the standard port of an allowed host, without a user name.",
                (true, "/") => "The webhook has no path.",
                _ => null,
            }
            : "The Slack secret is neither the https address of a webhook nor a bot token.";
}
