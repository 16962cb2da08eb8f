using Simulation.Faults;

namespace Simulation.Hosting;

/// <summary>The network between one instance and everything that it calls: each call is a point at which anything may happen.</summary>
internal sealed class Calls(Instance instance, World world)
{
    /// <summary>How long the client library waits before it tries a second time.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    /// <summary>Makes one call.</summary>
    /// <param name="effect">What the service does, at once and as a whole, when the call arrives.</param>
    /// <param name="unanswered">What the caller gets where there is no answer; it may throw.</param>
    public Task<T> MakeAsync<T>(Call call, Func<Task<T>> effect, Func<T> unanswered, CancellationToken cancellation)
    {
        var work = Work.Current;
        var plan = world.Injector.PlanFor(call, instance.MayStandStill && !call.LeadsToPost);
        var answer = new TaskCompletionSource<T>();
        instance.Begin(call);
        world.Timeline.After(plan.There, Arrive);
        return answer.Task;

        void Arrive()
        {
            if (!instance.IsAlive && plan.SinksWithCaller)
            {
                return;
            }

            switch (plan.Fault)
            {
                case Fault.CrashBefore:
                    Crash();
                    break;
                case Fault.Lost:
                    NoAnswer();
                    break;
                default:
                    TakeEffect(plan.Fault);
                    break;
            }
        }

        void TakeEffect(Fault fault)
        {
            var result = effect().GetAwaiter().GetResult(); // Done already: services here are in memory.
            world.Trace?.Add(work, call, result);

            switch (fault)
            {
                case Fault.CrashAfter:
                    Crash();
                    break;
                case Fault.AnswerLost:
                    NoAnswer();
                    break;
                case Fault.Repeated:
                    world.Timeline.After(_patience, () => TakeEffect(Fault.None));
                    break;
                default:
                    Answer(() => result);
                    break;
            }
        }

        void Crash()
        {
            world.Trace?.Add(work, call, "crash");
            instance.Crash();
        }

        void NoAnswer()
        {
            world.Trace?.Add(work, call, "no answer");
            work?.Miss(call, world.Timeline.Now);
            Answer(unanswered);
        }

        void Answer(Func<T> what)
        {
            instance.StandStill(plan.StandsStill);
            instance.After(plan.Back, () =>
            {
                instance.End(call);
                Complete(answer, work, what, cancellation);
            });
        }
    }

    private void Complete<T>(TaskCompletionSource<T> answer, Work? work, Func<T> what, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            work?.Interrupt(world.Timeline.Now);
            answer.SetCanceled(cancellation);
            return;
        }

        T result;
        try
        {
            result = what();
        }
        catch (Exception e)
        {
            answer.SetException(e);
            return;
        }

        answer.SetResult(result); // Whoever awaits it goes on here and now, until its next call.
    }
}
