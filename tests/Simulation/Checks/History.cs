using Relay.Incidents;
using Relay.Messages;
using Relay.Routes;
using Relay.State;
using Relay.Storage;
using Relay.Tests.Storage;
using Simulation.Hosting;
using Simulation.Slack;
using Simulation.Time;

namespace Simulation.Checks;

/// <summary>What happened, as far as it is judged in the end.</summary>
internal sealed class History(Timeline timeline)
{
    /// <summary>From a post's arrival until the secret is read again because of the answer.</summary>
    private static readonly TimeSpan _longestPost = TimeSpan.FromSeconds(40);

    private readonly HashSet<string> _sent = [];
    private readonly Dictionary<string, Work> _leases = [];
    private readonly HashSet<string> _moved = [];
    private readonly HashSet<string> _parked = [];
    private readonly Dictionary<(string Incident, string Host, DateTimeOffset Began), DateTimeOffset> _episodes = [];

    /// <summary>Every post that arrived at Slack, in its order.</summary>
    public List<SlackPost> Posts { get; } = [];

    /// <summary>Whatever people could read, in its order: in Slack, and among what was parked since Slack refuses it.</summary>
    public List<SeenNotification> Seen { get; } = [];

    /// <summary>Every time that an incident was stored.</summary>
    public List<KeptNotification> Kept { get; } = [];

    /// <summary>Every time that a route's pace was stored.</summary>
    public List<(Work Work, DateTimeOffset At)> Paces { get; } = [];

    /// <summary>The newest state that a bot's own message shows of each incident.</summary>
    public Dictionary<string, NotificationKind> Shown { get; } = [];

    /// <summary>What should not have happened at all.</summary>
    public List<string> Unexpected { get; } = [];

    /// <summary>Messages that were moved to the poison queue.</summary>
    public IReadOnlyCollection<string> Poison => _moved;

    /// <summary>Messages that went into the queue and were not given up, nor any other one about the same.</summary>
    public IEnumerable<string> Handled => _sent.Except(_moved).Where(json => !TasksOf(json).Any(PoisonedTasks.Contains));

    /// <summary>Tasks that a message was about which was given up: what is known of them is no longer what the senders know.</summary>
    public IReadOnlySet<string> PoisonedTasks => _moved.SelectMany(TasksOf).ToHashSet();

    /// <summary>Every episode of failures of a host that was ever known, and since when: reports may be late.</summary>
    public IEnumerable<(DateTimeOffset Began, DateTimeOffset KnownSince)> EpisodesOf(Fingerprint incident, string host) =>
        _episodes.Where(one => one.Key.Incident == $"{incident}" && one.Key.Host == host).Select(one => (one.Key.Began, one.Value));

    /// <summary>Routes of which a flush was given up.</summary>
    public IEnumerable<string> PoisonedRoutes => _moved
        .Where(json => json.Contains("\"flush/1\"", StringComparison.Ordinal))
        .Select(json => ((FlushMessage)RelayMessage.Parse(json)).Route);

    public void Leased(Work work, string name) => _leases[name] = work;

    /// <summary>Whoever ends undisturbed has given back what it leased.</summary>
    public void Ended(Work work, InMemoryBlobStore blobs) => Unexpected.AddRange(
        from lease in _leases
        where lease.Value == work && work.DisturbedAt is null && blobs.IsLeased(lease.Key)
        select $"{work} has ended and keeps the lease of {lease.Key}.");

    /// <summary>Whoever hears just now that the destination is gone finds the new one, and need not wait.</summary>
    public void Replaced(Destination destination)
    {
        foreach (var (index, post) in Posts.Index().Where(post => post.Item.Destination == destination && post.Item.At > timeline.Now - _longestPost).ToList())
        {
            Posts[index] = post with { Wait = null };
        }
    }

    public void Sent(string message) => _sent.Add(message);

    public void Moved(QueuedMessage message) => _moved.Add(message.Json);

    public void Wrote(Work? work, string name, BlobContent content)
    {
        if (work is null)
        {
            return;
        }

        if (name.EndsWith("/incident", StringComparison.Ordinal))
        {
            Kept.Add(new KeptNotification(timeline.Now, work, content.Text));
        }
        else if (name.StartsWith("parked/incidents/", StringComparison.Ordinal) && _parked.Add(name))
        {
            Seen.Add(new KeptNotification(timeline.Now, work, content.Text).AsRead());
        }
        else if (name.Split('/') is ["incidents", var incident, "hosts", _] && HostMetadata.Read(content.Metadata) is { FirstFailedAt: { } began } host)
        {
            _episodes.TryAdd((incident, host.Host, began), timeline.Now);
        }
        else if (name.StartsWith("routes/", StringComparison.Ordinal) && !name.EndsWith(".due", StringComparison.Ordinal))
        {
            Paces.Add((work, timeline.Now));
        }
    }

    private static IEnumerable<string> TasksOf(string json) => json.Contains("\"events/1\"", StringComparison.Ordinal)
        ? ((EventsMessage)RelayMessage.Parse(json)).Events.Select(one => one.Task ?? "")
        : [];
}
