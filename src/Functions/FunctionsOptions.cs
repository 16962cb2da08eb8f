using Functions.Http;
using Functions.Identity;
using Functions.Slack;
using Functions.Storage;
using Functions.Telemetry;
using Hosting;
using Microsoft.Extensions.Configuration;
using Relay.Incidents;
using Relay.Routes;

namespace Functions;

/// <summary>The settings of the app, checked.</summary>
public sealed record FunctionsOptions
{
    /// <summary>Who the app is in Azure.</summary>
    public required IdentityOptions Identity { get; init; }

    /// <summary>Where the queue and the state are.</summary>
    public required StorageOptions Storage { get; init; }

    /// <summary>Where the secrets of the routes are.</summary>
    public required SlackOptions Slack { get; init; }

    /// <summary>The ways to Slack.</summary>
    public required RouteTable Routes { get; init; }

    /// <summary>How long the relay waits before it says something.</summary>
    public required IncidentPolicy Incidents { get; init; }

    /// <summary>Which identities may report.</summary>
    public required CallerOptions Callers { get; init; }

    /// <summary>Where traces and numbers go.</summary>
    public required TelemetryOptions Telemetry { get; init; }

    /// <summary>Reads and checks them all.</summary>
    /// <param name="development">Whether the app runs under the Core Tools, where storage and Slack may be emulators.</param>
    /// <exception cref="StartException">Some of them are not valid: one line for each.</exception>
    public static FunctionsOptions Read(IConfiguration configuration, bool development)
    {
        var problems = new List<string>();
        var options = new FunctionsOptions
        {
            Identity = IdentityOptions.Read(configuration, development),
            Storage = Checked(() => StorageOptions.Read(configuration, development)),
            Slack = Checked(() => SlackOptions.Read(configuration, development)),
            Routes = Checked(() => RouteSettings.Read(configuration)),
            Incidents = Checked(() => IncidentSettings.Read(name => configuration[name])),
            Callers = CallerOptions.Read(configuration),
            Telemetry = TelemetryOptions.Read(configuration),
        };
        return problems.Count == 0 ? options : throw new StartException(string.Join(Environment.NewLine, problems));

        T Checked<T>(Func<T> read)
        {
            try
            {
                return read();
            }
            catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
            {
                problems.Add(e.Message);
                return default!; // The options are thrown away with it.
            }
        }
    }
}
