using System.Text;
using Relay.Reports;
using Relay.Routes;
using Relay.Slack;
using Relay.Telemetry;
using Relay.Tests.Delivery;

namespace Relay.Tests.Telemetry;

public sealed class RelayMeterTests : IDisposable
{
    private readonly TestRelay _relay = new(new Route("db", "slack-webhook-url-db", null));
    private readonly RecordedNumbers _numbers;

    public RelayMeterTests() => _numbers = new(_relay.Get<RelayMeter>());

    [Fact]
    public void The_instruments_are_named_as_OpenTelemetry_names_them() => Assert.Equal(
        [
            "relay.attachments.posted {attachment}",
            "relay.events.accepted {event}",
            "relay.failure.delay s",
            "relay.incidents.announced {incident}",
            "relay.messages.posted {message}",
            "relay.messages.rate_limited {message}",
            "relay.outbox.age s",
            "relay.routes.dead {route}",
        ],
        _numbers.Instruments.Order());

    [Fact]
    public async Task A_report_counts_its_events_once_they_are_accepted()
    {
        const string Report = """
            {"version":1,"run":{"id":"1","source":"ctl"},"events":[
                {"id":"1","kind":"failed","at":"2026-11-22T10:00:00Z","host":"web-01"},
                {"id":"2","kind":"failed","at":"2026-11-22T10:00:00Z","host":"web-02"}]}
            """;

        await SendAsync("{}");
        await SendAsync(Report);
        _relay.Queue.IsAway = true;
        await SendAsync(Report);

        Assert.Equal([2], _numbers["relay.events.accepted"]);
    }

    [Fact]
    public async Task Two_incidents_in_one_message_are_two_attachments()
    {
        await _relay.ReceiveAsync(A.Failure("web-01", "one"), A.Failure("web-02", "one"), A.Failure("web-01", "two"));

        await _relay.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal([1], _numbers["relay.messages.posted"]);
        Assert.Equal([2], _numbers["relay.attachments.posted"]);
        Assert.Equal([1, 1], _numbers["relay.incidents.announced"]);
        Assert.Equal([5, 5, 5], Delays());
        Assert.Equal([0], _numbers["relay.routes.dead"]);
        Assert.Empty(_numbers["relay.messages.rate_limited"]);
    }

    [Fact]
    public async Task A_host_is_late_once_though_its_incident_has_more_notifications()
    {
        var (failure, second) = (A.Failure(), A.Failure("web-02"));
        await _relay.ReceiveAsync(failure);
        await _relay.RunForAsync(TimeSpan.FromSeconds(10));
        await _relay.ReceiveAsync(second);
        await _relay.RunForAsync(TimeSpan.FromMinutes(2));
        await _relay.ReceiveAsync(A.Recovery(failure), A.Recovery(second));
        await _relay.RunForAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(3, _numbers["relay.messages.posted"].Sum());
        Assert.Equal(1, _numbers["relay.incidents.announced"].Sum());
        Assert.Equal([5, 55], Delays());
    }

    [Fact]
    public async Task An_edit_is_no_message()
    {
        _relay.Destinations.Cached = FixedDestinations.Bot();
        var failure = A.Failure();
        await _relay.ReceiveAsync(failure);
        await _relay.RunForAsync(TimeSpan.FromMinutes(1));
        await _relay.ReceiveAsync(A.Recovery(failure));

        await _relay.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(3, _relay.Slack.Taken.Count);
        Assert.Equal([1, 1], _numbers["relay.messages.posted"]);
    }

    [Fact]
    public async Task A_429_is_counted_and_what_waits_for_it_grows_old()
    {
        _relay.Slack.Replies.Enqueue(new SlackReply(429, "", "50"));
        await _relay.ReceiveAsync("db", A.Failure());

        await _relay.RunForAsync(TimeSpan.FromMinutes(2));

        Assert.Equal([1], _numbers["relay.messages.rate_limited"]);
        Assert.Equal([55], Delays());
        Assert.Equal(["db"], _numbers.RoutesOf("relay.messages.posted"));
        Assert.Equal(55, Math.Round(_numbers["relay.outbox.age"].Max()));
    }

    [Fact]
    public async Task A_route_is_dead_until_Slack_takes_a_message_again()
    {
        _relay.Slack.Replies.Enqueue(new SlackReply(404, "no_service"));
        await _relay.ReceiveAsync(A.Failure());

        await _relay.RunForAsync(TimeSpan.FromMinutes(11));

        Assert.Equal([1, 0], _numbers["relay.routes.dead"]);
        Assert.Single(_relay.Log.Lines, line => line.Id == RelayEvents.RouteDead);
    }

    [Fact]
    public async Task What_is_parked_was_not_delivered()
    {
        _relay.Slack.Replies.Enqueue(new SlackReply(400, "invalid_attachments"));
        _relay.Slack.Replies.Enqueue(new SlackReply(400, "invalid_payload"));
        await _relay.ReceiveAsync(A.Failure());

        await _relay.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Empty(_numbers["relay.messages.posted"]);
        Assert.Empty(_numbers["relay.incidents.announced"]);
        Assert.Single(_relay.Log.Lines, line => line.Id == RelayEvents.Parked);
    }

    public void Dispose() => _numbers.Dispose();

    private IEnumerable<double> Delays() => _numbers["relay.failure.delay"].Select(seconds => Math.Round(seconds));

    private Task<ReportAnswer> SendAsync(string report) => _relay.Get<ReceiveReport>().HandleAsync(
        new ReportRequest(new MemoryStream(Encoding.UTF8.GetBytes(report)), "application/json", null),
        TestContext.Current.CancellationToken);
}
