using Relay.Routes;

namespace Relay.Tests.Delivery;

/// <summary>Knows one secret, and another one when it is asked to look again.</summary>
public sealed class FixedDestinations : IDestinations
{
    public Destination? Cached { get; set; } = Webhook("one");

    public Destination? Stored { get; set; } = Webhook("one");

    public static Destination Webhook(string tail) => Parse($"https://hooks.slack.com/services/{tail}", null);

    public static Destination Bot(string channel = "#ops", string token = "one") => Parse("xo" + "xb-" + token, channel);

    public Task<Destination?> FindAsync(Route route, bool fresh, CancellationToken cancellation) =>
        Task.FromResult(fresh ? Cached = Stored : Cached);

    private static Destination Parse(string secret, string? channel) =>
        Destination.TryParse(secret, channel, AllowedHosts.Slack, out var destination, out var problem)
            ? destination
            : throw new InvalidOperationException(problem);
}
