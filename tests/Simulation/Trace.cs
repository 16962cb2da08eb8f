using System.Globalization;
using System.Text;
using Relay.Incidents;
using Relay.Reports;
using Relay.Slack;
using Relay.Storage;
using Relay.Tests.Storage;
using Simulation.Hosting;
using Simulation.Plays;

namespace Simulation;

/// <summary>What happened in one seed, line by line, for people to read.</summary>
internal sealed class Trace
{
    private readonly StringBuilder _lines = new();
    private readonly Dictionary<string, string> _names = [];
    private World? _world;

    public override string ToString() => _lines.ToString();

    public void Begin(World world)
    {
        _world = world;
        foreach (var trouble in world.Scenario.Troubles)
        {
            _names[$"{FingerprintOf(trouble)}"] = $"#{trouble.Number}";
        }
    }

    public void Add(string line) =>
        _lines.Append(_world?.Timeline.Now.ToString("HH:mm:ss.fff ", CultureInfo.InvariantCulture)).AppendLine(WithNames(line));

    public void Add(Work? work, Call call, object? result) => Add($"{work?.ToString() ?? "-"}: {call} → {Text(result)}");

    public void Add(Work work, QueuedMessage message) => Add($"{work}: attempt {message.DequeueCount} of {message.Json}");

    private static string Text(object? result) => result switch
    {
        null => "nothing",
        StoredBlob blob => $"[{Text(blob.Metadata)}]",
        IReadOnlyList<StoredBlob> blobs => $"{blobs.Count} blobs",
        IReadOnlyList<QueuedMessage> messages => string.Join(", ", messages.Select(message => message.Number)),
        SlackReply reply => $"{reply.Status} {reply.Body} {reply.RetryAfter}",
        _ => $"{result}",
    };

    private static string Text(IReadOnlyDictionary<string, string> metadata) => string.Join(", ", metadata.Select(one => $"{one.Key}={one.Value}"));

    private static Fingerprint FingerprintOf(Trouble trouble) => Identity.Of(
        trouble.Origin.Route,
        new Run
        {
            Id = "any",
            Source = "any",
            Project = trouble.Origin.Project,
            Playbook = trouble.Origin.Playbook,
            Labels = trouble.Origin.Environment is { } environment ? new Dictionary<string, string> { ["env"] = environment } : null,
        },
        new Event { Id = "any", Kind = trouble.IsUnreachable ? EventKind.Unreachable : EventKind.Failed, At = default, Host = "any", Task = trouble.Task });

    private string WithNames(string line) => _names.Aggregate(line, (text, name) => text.Replace(name.Key, name.Value, StringComparison.Ordinal));
}
