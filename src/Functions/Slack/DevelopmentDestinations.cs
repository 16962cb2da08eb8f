using Microsoft.Extensions.Logging;
using Relay.Routes;

namespace Functions.Slack;

/// <summary>The destinations where there is no key vault, because the app runs under the Core Tools.</summary>
/// <remarks>They do not change while it runs.</remarks>
internal sealed partial class DevelopmentDestinations(SlackOptions options, ILogger<DevelopmentDestinations> logger) : IDestinations
{
    public Task<Destination?> FindAsync(Route route, bool fresh, CancellationToken cancellation)
    {
        var destination = options.Development.GetValueOrDefault(route.Name);
        if (destination is null)
        {
            LogNotSet(logger, route.Name);
        }

        return Task.FromResult(destination);
    }

    [LoggerMessage(LogLevel.Warning, "Route leads nowhere: neither a key vault nor a webhook of its own is set. Route: {Route}")]
    private static partial void LogNotSet(ILogger logger, string route);
}
