using Hosting;
using Local.Queue;

namespace FunctionsHost;

/// <summary>What the stand-in is told by its environment; all else in there is the app's.</summary>
internal sealed record HostOptions(Uri Url, string Key, string? Storage, TimeSpan Redelivery, TimeSpan? VisibilityTimeout, string App)
{
    /// <summary>Takes the names that the local relay has too, so that the tests start either in one way.</summary>
    public static HostOptions Read(IConfiguration configuration) => new(
        Uri.TryCreate(configuration["urls"] ?? "http://127.0.0.1:0", UriKind.Absolute, out var url)
            ? url
            : throw new StartException("--urls is not an address."),
        configuration["Relay:Key"] ?? throw new StartException("Relay__Key is missing: the key that callers send."),
        configuration["Relay:Storage"] is { Length: > 0 } storage ? storage : null,
        configuration.GetValue("Relay:Redelivery", QueueSettings.HostRedelivery),
        configuration.GetValue<TimeSpan?>("AzureFunctionsJobHost:extensions:queues:visibilityTimeout"),
        configuration["FUNCTIONS_APP"] ?? Built.App);

    /// <summary>The settings of <c>host.json</c>, with what overrides them.</summary>
    public QueueSettings Queues
    {
        get
        {
            var settings = QueueSettings.Read();
            return settings with { Redelivery = Redelivery, VisibilityTimeout = VisibilityTimeout ?? settings.VisibilityTimeout };
        }
    }
}
