namespace Simulation.Checks;

/// <summary>What people read last of each trouble is how things are, in the channel and in a bot's own message.</summary>
internal static class LastState
{
    public static IEnumerable<string> Findings(World world)
    {
        foreach (var trouble in world.Scenario.Troubles.Where(trouble => !world.History.PoisonedTroubles.Contains(trouble)))
        {
            var last = world.History.SeenOf(trouble).LastOrDefault();
            var failing = world.Scenario.LivesOf(trouble).Where(life => life.OpenAt(world.RestedAt).Count > 0).ToList();

            // What was not heard of for so long nobody knows of any more.
            var isStale = failing.All(life => life.Events.Max(one => one.SentAt) < world.RestedAt - World.Policy.StaleAfter);
            if (last is null || (last.IsOver && !isStale))
            {
                yield return $"The last notification is {last}, but {string.Join(", ", failing.Select(life => life.Machine))} fails: {trouble}.";
            }

            if (last is { IsOver: false } && failing.Count == 0)
            {
                yield return $"The last notification is {last}, but all hosts have recovered: {trouble}.";
            }

            if (last is not null && world.Slack.HasBot(trouble) && last.IsOver != world.History.Shown.GetValueOrDefault(trouble)?.IsOver)
            {
                yield return $"The last notification is {last}, but the bot's message shows {world.History.Shown.GetValueOrDefault(trouble)}.";
            }
        }
    }
}
