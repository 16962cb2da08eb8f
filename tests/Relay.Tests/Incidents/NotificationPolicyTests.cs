using Relay.Incidents;

namespace Relay.Tests.Incidents;

/// <summary>What Slack is told of one incident, told as stories.</summary>
public class NotificationPolicyTests
{
    private const int Minute = 60;
    private const int Hour = 3600;

    [Fact]
    public void One_failure_is_announced_after_the_group_wait_and_closed_once_it_is_stale()
    {
        Says(new Story().Fails(0, "web", "1"), 60 * Hour, "Announce 0:00:05 (1)", "Close 24:00:05");
    }

    [Fact]
    public void Many_hosts_that_fail_for_two_reasons_within_a_minute_are_two_messages()
    {
        var story = new Story();
        for (var host = 0; host < 200; host++)
        {
            story.Fails(host * 40 / 200, $"web-{host}", $"{host}", host % 3 == 0 ? "disk" : "network");
        }

        Says(story, 600, "Announce 0:00:05 (30)", "Update 0:01:05 (200)");
    }

    [Fact]
    public void A_thousand_hosts_that_fail_over_three_minutes_are_three_messages()
    {
        var story = new Story();
        for (var host = 0; host < 1000; host++)
        {
            story.Fails(host * 180 / 1000, $"web-{host}", $"{host}");
        }

        Says(story, 1200, "Announce 0:00:05 (34)", "Update 0:01:05 (367)", "Update 0:03:05 (1000)");
    }

    [Fact]
    public void A_fleet_that_fails_all_night_is_eight_messages()
    {
        var story = new Story();
        for (var host = 0; host < 300; host++)
        {
            for (var run = 0; run < 48; run++)
            {
                story.Fails((host * 3) + (run * 15 * Minute), $"web-{host}", $"{host}-{run}");
            }
        }

        Says(
            story,
            13 * Hour,
            "Announce 0:00:05 (2)",
            "Update 0:01:05 (22)",
            "Update 0:03:05 (62)",
            "Update 0:07:05 (142)",
            "Update 0:15:05 (300)",
            "Remind 4:15:05 (300)",
            "Remind 8:15:05 (300)",
            "Remind 12:15:05 (300)");
    }

    [Fact]
    public void What_fails_again_soon_after_it_was_called_well_returns()
    {
        var story = new Story().Fails(0, "web", "1").Recovers(10, "web", "1").Fails(310, "web", "2").Recovers(370, "web", "2").Fails(420, "web", "3");

        Says(story, 2 * Hour, "Announce 0:00:05 (1)", "Resolve 0:00:10 (0)", "Return 0:05:15 (1)");
    }

    [Fact]
    public void What_flaps_is_slow_to_be_called_well_and_not_slow_to_be_called_broken()
    {
        Says(
            Turns(12, 9, 6),
            3 * Hour,
            "Announce 0:00:05 (1)",
            "Resolve 0:00:06 (0)",
            "Return 0:00:14 (1)",
            "Resolve 0:11:45 (0)",
            "Close 1:11:45");
    }

    [Fact]
    public void What_flaps_all_day_makes_few_messages()
    {
        Assert.Equal(11, Turns(48, 30 * Minute, 15 * Minute).SaidUntil(26 * Hour).Count(said => !said.StartsWith("Close", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_new_cause_is_news_and_a_noisy_one_slows_itself_down()
    {
        var story = new Story();
        for (var run = 0; run < 96; run++)
        {
            story.Fails(run * 15 * Minute, "web", $"{run}", $"cause {run}");
        }

        var said = story.SaidUntil(26 * Hour);

        Assert.Equal(14, said.Count);
        Assert.Equal(["Announce 0:00:05 (1)", "Update 0:15:05 (1)", "Update 0:30:05 (1)"], said.Take(3));
    }

    [Fact]
    public void What_goes_on_is_a_reminder_and_is_closed_a_day_after_it_was_seen_last()
    {
        var story = new Story();
        for (var run = 0; run < 96; run++)
        {
            story.Fails(run * 15 * Minute, "web", $"{run}");
        }

        Says(
            story,
            60 * Hour,
            "Announce 0:00:05 (1)",
            "Remind 4:00:05 (1)",
            "Remind 8:00:05 (1)",
            "Remind 12:00:05 (1)",
            "Remind 16:00:05 (1)",
            "Remind 20:00:05 (1)",
            "Remind 24:00:05 (1)",
            "Close 47:45:00");
    }

    [Fact]
    public void What_broke_and_mended_before_Slack_could_be_told_is_one_message()
    {
        var story = new Story { AwayUntil = 60 * Hour }.Fails(0, "web", "1").Recovers(Hour, "web", "1");

        Says(story, 90 * Hour, "Resolve 60:00:00 (0)", "Close 61:00:00");
    }

    [Fact]
    public void News_that_Slack_was_not_told_of_never_grow_stale()
    {
        var story = new Story { AwayUntil = 60 * Hour }.Fails(0, "web", "1").Recovers(70 * Hour, "web", "1");

        Says(story, 90 * Hour, "Announce 60:00:00 (1)", "Resolve 70:00:00 (0)", "Close 71:00:00");
    }

    [Fact]
    public void A_failure_whose_recovery_arrived_first_is_told_all_the_same()
    {
        Says(new Story().Recovers(0, "web", "1").Fails(5, "web", "1"), Hour, "Resolve 0:00:10 (0)");
    }

    [Fact]
    public void A_host_that_breaks_and_mends_between_two_messages_is_in_the_next_one()
    {
        var story = new Story().Fails(0, "web", "1").Fails(30, "db", "2").Recovers(40, "db", "2");

        Says(story, Hour, "Announce 0:00:05 (1)", "Update 0:01:05 (1)");
    }

    [Fact]
    public void A_host_that_fell_silent_does_not_keep_the_others_from_being_called_well()
    {
        var story = new Story().Fails(0, "web", "1").Fails(0, "db", "2");
        for (var run = 0; run < 30; run++)
        {
            story.Fails(Hour * (run + 1), "db", $"db-{run}");
        }

        story.Recovers(30 * Hour + Minute, "db", ["2", .. Enumerable.Range(0, 30).Select(run => $"db-{run}")]);

        Assert.Equal("Resolve 30:01:00 (1)", story.SaidUntil(31 * Hour)[^1]);
    }

    [Fact]
    public void A_host_that_stays_silent_is_no_reason_to_keep_quiet_of_those_that_recovered()
    {
        var story = new Story().Fails(0, "web", "1").Fails(0, "db", "2").Recovers(Hour, "db", "2");

        Says(story, 30 * Hour, "Announce 0:00:05 (2)", "Resolve 24:00:05 (1)", "Close 25:00:05");
    }

    private static Story Turns(int count, int every, int well)
    {
        var story = new Story();
        for (var turn = 0; turn < count; turn++)
        {
            story.Fails(turn * every, "web", $"{turn}").Recovers((turn * every) + well, "web", $"{turn}");
        }

        return story;
    }

    private static void Says(Story story, int until, params string[] expected) =>
        Assert.Equal(expected, story.SaidUntil(until));
}
