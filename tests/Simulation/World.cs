using Relay.Incidents;
using Relay.Reports;
using Relay.Routes;
using Relay.Storage;
using Relay.Tests.Storage;
using Simulation.Checks;
using Simulation.Faults;
using Simulation.Hosting;
using Simulation.Mutants;
using Simulation.Plays;
using Simulation.Slack;
using Simulation.Time;

namespace Simulation;

/// <summary>Everything there is in one seed: hosts that fail, the relay's instances, storage, Slack, and the faults that are injected.</summary>
internal sealed class World : IDisposable
{
    public static readonly RouteTable Routes = new([new Route("db", "slack-webhook-url-db", null)]);

    /// <summary>Shorter than by default, so that incidents are soon over.</summary>
    public static readonly IncidentPolicy Policy = new() { RepeatInterval = TimeSpan.FromMinutes(30), StaleAfter = TimeSpan.FromHours(2) };

    /// <summary>A seed takes some ten thousand steps; more than this is a relay that never comes to rest.</summary>
    private const int MostSteps = 400_000;

    /// <summary>More than the longest that news may have to wait for their time.</summary>
    private static readonly TimeSpan _longestWait = TimeSpan.FromHours(3);

    /// <summary>More than an incident goes on after its last news.</summary>
    private static readonly TimeSpan _longestIncident = Policy.StaleAfter + TimeSpan.FromHours(3);

    public World(ulong seed, Mutant? mutant, Trace? trace)
    {
        (Mutant, Trace) = (mutant, trace);
        var random = new SeededRandom(seed);
        Timeline = new Timeline(random.Fork());
        Random = random.Fork();
        IsCalm = random.Chance(0.15) || mutant?.Aim == Mutant.Calm;
        Injector = new FaultInjector(random.Fork(), Timeline, IsCalm, mutant?.Aim);
        var clock = new TrueClock(Timeline);
        Blobs = new InMemoryBlobStore(clock);
        Queue = new InMemoryQueue(clock);
        Poison = new InMemoryQueue(clock);
        History = new History(this);
        Slack = new SimulatedSlack(this, random.Fork());
        Fleet = new Fleet(this, random.Fork());
        Scenario = new Scenario(this, random.Fork());
        trace?.Begin(this);
    }

    public Mutant? Mutant { get; }

    /// <summary>Whether nothing at all goes wrong, so that everything has to be delivered in time.</summary>
    public bool IsCalm { get; }

    /// <summary>What happens, for people to read; null where nobody does.</summary>
    public Trace? Trace { get; }

    public Timeline Timeline { get; }

    public SeededRandom Random { get; }

    public FaultInjector Injector { get; }

    public InMemoryBlobStore Blobs { get; }

    public InMemoryQueue Queue { get; }

    public InMemoryQueue Poison { get; }

    public SimulatedSlack Slack { get; }

    public Fleet Fleet { get; }

    public Scenario Scenario { get; }

    public History History { get; }

    /// <summary>When nothing was left to say.</summary>
    public DateTimeOffset RestedAt { get; private set; }

    private bool IsIdle => Fleet.IsIdle && Poison.Next is null && Scenario.Senders.All(sender => sender.IsIdle);

    /// <summary>Nothing is untold, and only flushes are left, which will look later whether what was shown goes on.</summary>
    private bool IsAtRest => IsIdle && Queue.All.All(IsLaterFlush) && (IsStuck || !HasMark(mark => mark.Metadata.ContainsKey("since")));

    /// <summary>No incident goes on.</summary>
    private bool IsOver => IsIdle && Queue.Next is null && (IsStuck || !HasMark(_ => true));

    /// <summary>Nothing will ever happen again: what is left is judged.</summary>
    private bool IsStuck => Queue.Next is null && !Fleet.ResumesByItself;

    /// <summary>Lets all of it happen, and a quiet end, in which everything has to be delivered.</summary>
    public void Run()
    {
        Scenario.Start();
        Fleet.Start();
        if (IsCalm)
        {
            Slack.Recover();
        }
        else
        {
            Slack.Start();
            Fleet.Disturb();
        }

        Timeline.RunUntil(Scenario.Ends + TimeSpan.FromMinutes(2));

        Trace?.Add("The faults are over.");
        Injector.End();
        Slack.Recover();
        Rest();
    }

    /// <summary>Lets things happen until nothing is left to say.</summary>
    public void Rest()
    {
        StepUntil(() => IsAtRest, _longestWait, "The relay does not come to rest");
        RestedAt = Timeline.Now;
    }

    /// <summary>Lets the time go on until no incident does, and then until the last lease has run out.</summary>
    public void Close()
    {
        Trace?.Add("All is said.");
        StepUntil(() => IsOver, _longestIncident, "Incidents go on");
        Timeline.RunUntil(Timeline.Now + TimeSpan.FromSeconds(61));
    }

    private void StepUntil(Func<bool> isDone, TimeSpan longest, string otherwise)
    {
        var latest = Timeline.Now + longest;
        while (!isDone())
        {
            if (Timeline.Steps >= MostSteps || !Timeline.Step(latest))
            {
                History.Unexpected.Add($"{otherwise}: {Queue.Times.Count} messages, {Poison.Times.Count} poison messages after {Timeline.Steps} steps.");
                return;
            }
        }
    }

    private bool HasMark(Func<StoredBlob, bool> isMeant) =>
        Blobs.Blobs.Any(blob => blob.Name.StartsWith("outbox/", StringComparison.Ordinal) && isMeant(blob));

    /// <summary>One that was received before and is out of sight may yet be given up, which is news.</summary>
    private static bool IsLaterFlush(QueuedMessage message) =>
        message.DequeueCount == 0 && message.Json.Contains("\"flush/1\"", StringComparison.Ordinal);

    /// <summary>Whatever goes wrong in something that nobody awaits is a finding.</summary>
    public async void Watch(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception e)
        {
            History.Unexpected.Add($"Nobody expects this: {e}");
        }
    }

    public void Dispose() => Fleet.Dispose();
}
