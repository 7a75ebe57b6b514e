using EodPredict.Scraping.Limit;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace EodPredict.Tests.Scraping.Limit;

public sealed class WindowLawTests
{
    [Property(MaxTest = 200)]
    public Property A_turning_window_that_is_told_only_what_is_due_knows_as_much() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(2, 60).ToArbitrary(), Gen.Choose(0, 99).ToArbitrary(), (seed, quota, phase) =>
        {
            var (random, counted, wasRefused) = (new Random(seed), new RequestCount(), false);
            var (all, due) = (new WindowLaw(1, phase / 100.0, false, counted), new WindowLaw(1, phase / 100.0, false, counted));
            var (at, turn, used) = (0.0, 0, 0);
            for (var i = 0; i < 2000; i++)
            {
                // Now and then at random, so that the law contradicts itself.
                at += random.NextDouble() * (i / 200 % 2 == 0 ? 1.5 : 3) / quota;
                (turn, used) = (int)at > turn ? ((int)at, 0) : (turn, used);
                var isRefused = used >= quota || random.Next(300) == 0;
                if (isRefused)
                {
                    all.Refused(at, !wasRefused);
                    due.Refused(at, !wasRefused);
                }
                else
                {
                    all.Admitted(at);
                    if (at >= due.DueAt || counted.Total + 1 > due.DueCount)
                    {
                        due.Admitted(at);
                    }

                    counted.Add(at);
                    used++;
                }

                wasRefused = isRefused;
                if ((all.Explained, all.Rate) != (due.Explained, due.Rate))
                {
                    return false.Label($"after {i}: {all.Explained} {all.Rate}, {due.Explained} {due.Rate}");
                }
            }

            return true.ToProperty();
        });
}
