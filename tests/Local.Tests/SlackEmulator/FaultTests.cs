using Local.SlackEmulator;

namespace Local.Tests.SlackEmulator;

public sealed class FaultTests
{
    private readonly Emulation emulation = new();

    [Fact]
    public void A_fault_answers_the_next_posts_and_then_Slack_is_well()
    {
        emulation.Break("""{"mode":"status","status":500,"body":"rollup_error","count":2}""");

        Assert.Equal([500, 500, 200], Enumerable.Range(0, 3).Select(_ => emulation.Hook().Status));
        Assert.Single(emulation.Slack.Messages);
        Assert.Equal(new DestinationStats(1, 0, 0, 2, 0), emulation.Slack.Stats["T1/web"]);
        Assert.Equal(new FaultState(null, null, 2), emulation.Slack.Faults);
    }

    [Fact]
    public void A_fault_without_an_end_holds_until_it_is_cleared()
    {
        emulation.Break("""{"mode":"status","status":404,"body":"no_service"}""");
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Equal(new SlackReply(404, "no_service"), emulation.Hook()));

        emulation.Slack.ClearFault();

        Assert.Equal(200, emulation.Hook().Status);
    }

    [Theory]
    [InlineData("""{"mode":"status","status":429,"retryAfter":30,"count":1}""", "30")]
    [InlineData("""{"mode":"status","status":429,"retryAfter":"soon","count":1}""", "soon")]
    [InlineData("""{"mode":"status","status":429,"count":1}""", null)]
    public void A_429_comes_with_the_header_it_is_given_or_with_none(string fault, string? header)
    {
        emulation.Break(fault);

        Assert.Equal(new SlackReply(429, "") { RetryAfter = header }, emulation.Hook());
        Assert.Equal(1, emulation.Slack.Stats["T1/web"].RateLimited);
    }

    [Theory]
    [InlineData("""{"mode":"hang","seconds":20}""", 504, 0)]
    [InlineData("""{"mode":"hang","seconds":20,"status":502,"body":"bad"}""", 502, 0)]
    [InlineData("""{"mode":"hang","seconds":20,"accepted":true}""", 200, 1)]
    public void A_hang_keeps_the_message_only_when_told_so(string fault, int status, int kept)
    {
        emulation.Break(fault);

        var reply = emulation.Hook();

        Assert.Equal((status, TimeSpan.FromSeconds(20)), (reply.Status, reply.Delay));
        Assert.Equal(kept, emulation.Slack.Messages.Count);
    }

    [Fact]
    public void An_error_can_hide_that_the_message_was_kept()
    {
        emulation.Break("""{"mode":"status","status":500,"body":"rollup_error","accepted":true}""");

        Assert.Equal(500, emulation.Hook().Status);
        Assert.Single(emulation.Slack.Messages);
        Assert.Equal(429, emulation.Hook().Status);
    }

    [Fact]
    public void A_fault_for_one_destination_leaves_the_others_alone()
    {
        emulation.Break("""{"mode":"status","status":500,"destination":"T1/web","count":1}""");

        Assert.Equal(200, emulation.Hook(hook: "db").Status);
        Assert.Equal(500, emulation.Hook(hook: "web").Status);
    }

    [Fact]
    public void A_fault_meets_updates_too()
    {
        emulation.Say("""{"channel":"C1","text":"before"}""");
        emulation.Break("""{"mode":"status","status":503,"count":1}""");

        var reply = emulation.Slack.UpdateMessage(Emulation.Token, """{"channel":"C1","ts":"1795341600.000000","text":"after"}""");

        Assert.Equal(503, reply.Status);
        Assert.Null(emulation.Slack.Messages[0].Edited);
    }

    [Fact]
    public void A_fraction_meets_the_same_posts_for_the_same_seed()
    {
        var first = Statuses(7);

        Assert.Equal(first, Statuses(7));
        Assert.NotEqual(first, Statuses(8));
        Assert.InRange(first.Count(status => status == 500), 30, 70);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 100)]
    public void A_fraction_can_be_none_or_all(double fraction, int met) =>
        Assert.Equal(met, Statuses(1, fraction).Count(status => status == 500));

    private static int[] Statuses(int seed, double fraction = 0.5)
    {
        var emulation = new Emulation();
        emulation.Slack.SetFault(new Fault { Mode = FaultMode.Status, Status = 500, Fraction = fraction, Seed = seed });
        return [.. Enumerable.Range(0, 100).Select(_ =>
        {
            emulation.Wait(1);
            return emulation.Hook().Status;
        })];
    }
}
