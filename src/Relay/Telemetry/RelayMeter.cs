using System.Diagnostics.Metrics;

namespace Relay.Telemetry;

/// <summary>The relay's own numbers, for whatever collects those of the meter <see cref="Name"/>.</summary>
/// <remarks>Named as https://opentelemetry.io/docs/specs/semconv/general/naming/ has it. The meter's scope is this object.</remarks>
public sealed class RelayMeter : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "AnsibleSlackRelay";

    private const string RouteTag = "relay.route";

    /// <summary>From the shortest wait before an announcement to an outage of a day, in seconds.</summary>
    private static readonly InstrumentAdvice<double> _seconds = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 6, 7, 10, 15, 30, 60, 300, 900, 3600, 21600, 86400],
    };

    private readonly Meter _meter;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _announced;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _attachments;
    private readonly Counter<long> _rateLimited;
    private readonly Histogram<double> _delay;
    private readonly Histogram<double> _outboxAge;
    private readonly Gauge<int> _dead;

    /// <summary>Makes the instruments; a process has one of each.</summary>
    public RelayMeter()
    {
        _meter = new Meter(Name, null, null, this);
        _accepted = _meter.CreateCounter<long>("relay.events.accepted", "{event}", "Events that were accepted.");
        _announced = _meter.CreateCounter<long>("relay.incidents.announced", "{incident}", "New incidents that were announced in Slack.");
        _messages = _meter.CreateCounter<long>("relay.messages.posted", "{message}", "Messages that Slack took, edits left aside.");
        _attachments = _meter.CreateCounter<long>("relay.attachments.posted", "{attachment}", "Attachments of messages that Slack took.");
        _rateLimited = _meter.CreateCounter<long>("relay.messages.rate_limited", "{message}", "Messages that Slack answered with 429.");
        _delay = _meter.CreateHistogram("relay.failure.delay", "s", "From when a host's failure was received until Slack took it.", null, _seconds);
        _outboxAge = _meter.CreateHistogram("relay.outbox.age", "s", "How long the oldest news that a flush found had been waiting.", null, _seconds);
        _dead = _meter.CreateGauge<int>("relay.routes.dead", "{route}", "1 for a route whose destination is gone, else 0.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Accepted(int events) => _accepted.Add(events);

    internal void Posted(string route, int attachments)
    {
        _messages.Add(1, Tag(route));
        _attachments.Add(attachments, Tag(route));
    }

    internal void RateLimited(string route) => _rateLimited.Add(1, Tag(route));

    internal void Announced(string route) => _announced.Add(1, Tag(route));

    internal void Delayed(string route, TimeSpan delay) => _delay.Record(Seconds(delay), Tag(route));

    internal void Found(string route, TimeSpan oldest) => _outboxAge.Record(Seconds(oldest), Tag(route));

    internal void Tried(string route, bool isDead) => _dead.Record(isDead ? 1 : 0, Tag(route));

    /// <summary>Two instances' clocks may differ by a little.</summary>
    private static double Seconds(TimeSpan span) => Math.Max(0, span.TotalSeconds);

    private static KeyValuePair<string, object?> Tag(string route) => new(RouteTag, route);
}
