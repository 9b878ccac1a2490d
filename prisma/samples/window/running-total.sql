-- Running total per account, and the day it first went below zero.
with totals as (
  select
    account_id,
    booked_on,
    sum(amount) over (partition by account_id order by booked_on, id) as balance
  from entries
)
select account_id, min(booked_on) as overdrawn_since
from totals
where balance < 0
group by account_id
order by overdrawn_since;
