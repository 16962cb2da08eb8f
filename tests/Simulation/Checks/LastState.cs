namespace Simulation.Checks;

/// <summary>What people read last of each trouble is how things are, in the channel and in a bot's own message.</summary>
internal static class LastState
{
    public static IEnumerable<string> Findings(World world)
    {
        foreach (var trouble in world.Scenario.Troubles.Where(trouble => !world.History.PoisonedTroubles.Contains(trouble)))
        {
            var last = world.History.SeenOf(trouble).LastOrDefault();
            var open = world.Scenario.LivesOf(trouble).SelectMany(life => life.OpenAt(world.RestedAt)).ToList();

            // What was not heard of for so long nobody need know of any more.
            var isFailing = open.Any(one => one.SentAt > world.RestedAt - World.Policy.StaleAfter);
            if (last is null || (last.IsOver && isFailing))
            {
                yield return $"The last notification is {last}, but this is open: {string.Join(", ", open)}.";
            }

            if (last is { IsOver: false } && open.Count == 0)
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
