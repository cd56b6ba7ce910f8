;; main of vm.c
(module
  (type (func (param i32 i32) (result i32)))
  (type (func (param i32) (result i32)))
  (type (func))
  (import "c" "atoi" (func $atoi (type 1)))
  (import "c" "printf" (func $printf (type 0)))
  (import "c" "abort" (func $abort (type 2)))
  (memory 2)
  (global $__stack_pointer (mut i32) (i32.const 72864))
  (func $main (export "main") (type 0) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i64)
    global.get $__stack_pointer
    i32.const 1376
    i32.sub
    local.tee 2
    global.set $__stack_pointer
    i32.const 250000
    local.set 3
    block
      local.get 0
      i32.const 2
      i32.lt_s
      br_if 0
      local.get 1
      i32.load offset=4
      call $atoi
      i32.const 10000
      i32.mul
      local.set 3
    end
    i32.const 0
    i32.load offset=3664
    local.tee 1
    i32.const 3
    i32.shl
    local.tee 0
    i32.const 3684
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 3680
    i32.add
    i32.const 11
    i32.store8
    local.get 0
    i32.const 3700
    i32.add
    i32.const 2
    i32.store
    local.get 0
    i32.const 3696
    i32.add
    i32.const 3
    i32.store8
    local.get 0
    i32.const 3716
    i32.add
    i32.const 2
    i32.store
    local.get 0
    i32.const 3712
    i32.add
    i32.const 1
    i32.store8
    local.get 0
    i32.const 3724
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 3720
    i32.add
    i32.const 9
    i32.store8
    local.get 0
    i32.const 3728
    i32.add
    i32.const 12
    i32.store8
    local.get 0
    i32.const 3740
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 3736
    i32.add
    i32.const 21
    i32.store8
    local.get 0
    i32.const 3732
    i32.add
    local.get 1
    i32.const 8
    i32.add
    local.tee 4
    i32.store
    local.get 1
    i32.const 1
    i32.add
    local.tee 5
    i32.const 3
    i32.shl
    local.tee 6
    i32.const 3684
    i32.add
    i32.const 0
    i32.store
    local.get 6
    i32.const 3680
    i32.add
    i32.const 1
    i32.store8
    local.get 1
    i32.const 3
    i32.add
    local.tee 6
    i32.const 3
    i32.shl
    local.tee 7
    i32.const 3684
    i32.add
    i32.const 1
    i32.store
    local.get 7
    i32.const 3680
    i32.add
    i32.const 2
    i32.store8
    local.get 4
    i32.const 3
    i32.shl
    local.tee 4
    i32.const 3684
    i32.add
    i32.const 1
    i32.store
    local.get 4
    i32.const 3680
    i32.add
    i32.const 2
    i32.store8
    local.get 0
    i32.const 3756
    i32.add
    i32.const 1
    i32.store
    local.get 0
    i32.const 3752
    i32.add
    i32.const 1
    i32.store8
    local.get 0
    i32.const 3764
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 3760
    i32.add
    i32.const 16
    i32.store8
    local.get 0
    i32.const 3768
    i32.add
    i32.const 12
    i32.store8
    local.get 0
    i32.const 3780
    i32.add
    i32.const 1
    i32.store
    local.get 0
    i32.const 3776
    i32.add
    i32.const 2
    i32.store8
    local.get 0
    i32.const 3788
    i32.add
    i32.const 3
    i32.store
    local.get 0
    i32.const 3784
    i32.add
    i32.const 1
    i32.store8
    local.get 0
    i32.const 3796
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 3792
    i32.add
    i32.const 6
    i32.store8
    local.get 0
    i32.const 3804
    i32.add
    i32.const 1
    i32.store
    local.get 0
    i32.const 3800
    i32.add
    i32.const 1
    i32.store8
    local.get 0
    i32.const 3812
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 3808
    i32.add
    i32.const 4
    i32.store8
    local.get 0
    i32.const 3820
    i32.add
    i32.const 16777215
    i32.store
    local.get 0
    i32.const 3816
    i32.add
    i32.const 1
    i32.store8
    local.get 0
    i32.const 3824
    i32.add
    i32.const 16
    i32.store8
    local.get 0
    i32.const 3828
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 3836
    i32.add
    i32.const 1
    i32.store
    local.get 0
    i32.const 3832
    i32.add
    i32.const 3
    i32.store8
    local.get 0
    i32.const 3840
    i32.add
    i32.const 11
    i32.store8
    local.get 0
    i32.const 3772
    i32.add
    local.get 1
    i32.const 21
    i32.add
    local.tee 4
    i32.store
    local.get 4
    i32.const 3
    i32.shl
    local.tee 4
    i32.const 3680
    i32.add
    i32.const 2
    i32.store8
    local.get 4
    i32.const 3684
    i32.add
    i32.const 1
    i32.store
    local.get 0
    i32.const 3860
    i32.add
    i32.const 1
    i32.store
    local.get 0
    i32.const 3856
    i32.add
    i32.const 1
    i32.store8
    local.get 0
    i32.const 3868
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 3864
    i32.add
    i32.const 15
    i32.store8
    local.get 0
    i32.const 3876
    i32.add
    i32.const 1
    i32.store
    local.get 0
    i32.const 3872
    i32.add
    i32.const 3
    i32.store8
    local.get 0
    i32.const 3844
    i32.add
    local.get 1
    i32.const 25
    i32.add
    local.tee 4
    i32.store
    local.get 4
    i32.const 3
    i32.shl
    local.tee 4
    i32.const 3680
    i32.add
    i32.const 22
    i32.store8
    local.get 4
    i32.const 3684
    i32.add
    i32.const 2
    i32.store
    local.get 0
    i32.const 3900
    i32.add
    i32.const 200
    i32.store
    local.get 0
    i32.const 3892
    i32.add
    i32.const 2
    i32.store
    local.get 0
    i32.const 3908
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 3924
    i32.add
    local.get 6
    i32.store
    local.get 0
    i32.const 3916
    i32.add
    local.get 1
    i32.const 31
    i32.add
    local.tee 4
    i32.store
    local.get 4
    i32.const 3
    i32.shl
    local.tee 4
    i32.const 3684
    i32.add
    i32.const 0
    i32.store
    i32.const 0
    local.get 1
    i32.const 32
    i32.add
    local.tee 6
    i32.store offset=3684
    local.get 0
    i32.const 3888
    i32.add
    i32.const 2
    i32.store8
    local.get 0
    i32.const 3896
    i32.add
    i32.const 1
    i32.store8
    local.get 0
    i32.const 3904
    i32.add
    i32.const 9
    i32.store8
    local.get 0
    i32.const 3912
    i32.add
    i32.const 12
    i32.store8
    local.get 0
    i32.const 3920
    i32.add
    i32.const 11
    i32.store8
    local.get 4
    i32.const 3680
    i32.add
    i32.const 21
    i32.store8
    local.get 6
    i32.const 3
    i32.shl
    local.tee 4
    i32.const 3680
    i32.add
    i32.const 1
    i32.store8
    local.get 0
    i32.const 3944
    i32.add
    i32.const 3
    i32.store8
    local.get 1
    i32.const 34
    i32.add
    local.tee 6
    i32.const 3
    i32.shl
    local.tee 7
    i32.const 3680
    i32.add
    i32.const 2
    i32.store8
    local.get 4
    i32.const 3684
    i32.add
    i32.const 1
    i32.store
    local.get 0
    i32.const 3948
    i32.add
    i32.const 0
    i32.store
    local.get 7
    i32.const 3684
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 3964
    i32.add
    local.get 3
    i32.store
    local.get 0
    i32.const 3960
    i32.add
    i32.const 1
    i32.store8
    local.get 0
    i32.const 3972
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 3968
    i32.add
    i32.const 9
    i32.store8
    local.get 0
    i32.const 3976
    i32.add
    i32.const 12
    i32.store8
    local.get 0
    i32.const 3988
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 3984
    i32.add
    i32.const 2
    i32.store8
    local.get 0
    i32.const 3996
    i32.add
    i32.const 1
    i32.store
    local.get 0
    i32.const 3992
    i32.add
    i32.const 3
    i32.store8
    local.get 0
    i32.const 4004
    i32.add
    local.get 5
    i32.store
    local.get 0
    i32.const 4000
    i32.add
    i32.const 20
    i32.store8
    local.get 0
    i32.const 4012
    i32.add
    i32.const 3
    i32.store
    local.get 0
    i32.const 4008
    i32.add
    i32.const 2
    i32.store8
    local.get 0
    i32.const 4020
    i32.add
    i32.const 2
    i32.store
    local.get 0
    i32.const 4016
    i32.add
    i32.const 2
    i32.store8
    local.get 0
    i32.const 4028
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 4024
    i32.add
    i32.const 9
    i32.store8
    local.get 0
    i32.const 4032
    i32.add
    i32.const 12
    i32.store8
    local.get 0
    i32.const 4044
    i32.add
    i32.const 2
    i32.store
    local.get 0
    i32.const 4040
    i32.add
    i32.const 2
    i32.store8
    local.get 0
    i32.const 4052
    i32.add
    i32.const 3
    i32.store
    local.get 0
    i32.const 4048
    i32.add
    i32.const 3
    i32.store8
    local.get 0
    i32.const 4036
    i32.add
    local.get 1
    i32.const 47
    i32.add
    local.tee 3
    i32.store
    local.get 3
    i32.const 3
    i32.shl
    local.tee 3
    i32.const 3684
    i32.add
    i32.const 2
    i32.store
    local.get 3
    i32.const 3680
    i32.add
    i32.const 1
    i32.store8
    local.get 0
    i32.const 4068
    i32.add
    i32.const 4
    i32.store
    local.get 0
    i32.const 4064
    i32.add
    i32.const 3
    i32.store8
    local.get 1
    i32.const 49
    i32.add
    local.tee 3
    i32.const 3
    i32.shl
    local.tee 4
    i32.const 3684
    i32.add
    i32.const 0
    i32.store
    local.get 4
    i32.const 3680
    i32.add
    i32.const 2
    i32.store8
    local.get 0
    i32.const 4084
    i32.add
    i32.const 4
    i32.store
    local.get 0
    i32.const 4080
    i32.add
    i32.const 2
    i32.store8
    local.get 0
    i32.const 4092
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 4088
    i32.add
    i32.const 13
    i32.store8
    local.get 0
    i32.const 4100
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 4096
    i32.add
    i32.const 6
    i32.store8
    local.get 0
    i32.const 4108
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 4104
    i32.add
    i32.const 9
    i32.store8
    local.get 0
    i32.const 4112
    i32.add
    i32.const 12
    i32.store8
    local.get 0
    i32.const 4124
    i32.add
    i32.const 5
    i32.store
    local.get 0
    i32.const 4120
    i32.add
    i32.const 22
    i32.store8
    local.get 0
    i32.const 4128
    i32.add
    i32.const 11
    i32.store8
    local.get 0
    i32.const 4116
    i32.add
    local.get 1
    i32.const 57
    i32.add
    local.tee 4
    i32.store
    local.get 4
    i32.const 3
    i32.shl
    local.tee 4
    i32.const 3684
    i32.add
    i32.const 0
    i32.store
    local.get 4
    i32.const 3680
    i32.add
    i32.const 2
    i32.store8
    local.get 0
    i32.const 4148
    i32.add
    i32.const 4
    i32.store
    local.get 0
    i32.const 4144
    i32.add
    i32.const 2
    i32.store8
    local.get 0
    i32.const 4156
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 4152
    i32.add
    i32.const 8
    i32.store8
    local.get 0
    i32.const 4160
    i32.add
    i32.const 12
    i32.store8
    local.get 0
    i32.const 4172
    i32.add
    i32.const 4
    i32.store
    local.get 0
    i32.const 4168
    i32.add
    i32.const 22
    i32.store8
    local.get 0
    i32.const 4180
    i32.add
    local.get 3
    i32.store
    local.get 0
    i32.const 4176
    i32.add
    i32.const 11
    i32.store8
    local.get 0
    i32.const 4164
    i32.add
    local.get 1
    i32.const 63
    i32.add
    local.tee 3
    i32.store
    local.get 0
    i32.const 4132
    i32.add
    local.get 3
    i32.store
    local.get 3
    i32.const 3
    i32.shl
    local.tee 3
    i32.const 3684
    i32.add
    i32.const 0
    i32.store
    local.get 3
    i32.const 3680
    i32.add
    i32.const 22
    i32.store8
    local.get 0
    i32.const 4196
    i32.add
    local.get 6
    i32.store
    local.get 0
    i32.const 4192
    i32.add
    i32.const 11
    i32.store8
    local.get 0
    i32.const 3980
    i32.add
    local.get 1
    i32.const 65
    i32.add
    local.tee 3
    i32.store
    local.get 3
    i32.const 3
    i32.shl
    local.tee 3
    i32.const 3684
    i32.add
    i32.const 3
    i32.store
    local.get 3
    i32.const 3680
    i32.add
    i32.const 2
    i32.store8
    local.get 0
    i32.const 4212
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 4208
    i32.add
    i32.const 23
    i32.store8
    local.get 0
    i32.const 4220
    i32.add
    i32.const 5
    i32.store
    local.get 0
    i32.const 4216
    i32.add
    i32.const 2
    i32.store8
    local.get 0
    i32.const 4228
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 4224
    i32.add
    i32.const 23
    i32.store8
    local.get 0
    i32.const 4236
    i32.add
    i32.const 0
    i32.store
    local.get 0
    i32.const 4232
    i32.add
    i32.const 0
    i32.store8
    i32.const 0
    local.get 1
    i32.const 70
    i32.add
    i32.store offset=3664
    local.get 2
    i32.const 344
    i32.add
    i64.const 0
    i64.store
    local.get 2
    i32.const 336
    i32.add
    i64.const 0
    i64.store
    local.get 2
    i32.const 328
    i32.add
    i64.const 0
    i64.store
    local.get 2
    i32.const 288
    i32.add
    i32.const 32
    i32.add
    i64.const 0
    i64.store
    local.get 2
    i32.const 312
    i32.add
    i64.const 0
    i64.store
    local.get 2
    i32.const 288
    i32.add
    i32.const 16
    i32.add
    i64.const 0
    i64.store
    local.get 2
    i64.const 0
    i64.store offset=296
    local.get 2
    i64.const 0
    i64.store offset=288
    i32.const 0
    i64.load offset=5728
    local.set 8
    i32.const 0
    local.set 5
    i32.const 0
    local.set 1
    i32.const 0
    local.set 0
    block
      block
        loop
          i32.const 0
          local.get 8
          i64.const 1
          i64.add
          local.tee 8
          i64.store offset=5728
          local.get 0
          i32.const 1
          i32.add
          local.set 4
          local.get 0
          i32.const 3
          i32.shl
          local.tee 3
          i32.const 3684
          i32.add
          i32.load
          local.set 0
          block
            block
              block
                block
                  block
                    block
                      block
                        block
                          block
                            block
                              block
                                block
                                  block
                                    block
                                      block
                                        block
                                          block
                                            block
                                              block
                                                block
                                                  block
                                                    block
                                                      local.get 3
                                                      i32.const 3680
                                                      i32.add
                                                      i32.load8_u
                                                      br_table 24 0 1 2 3 4 5 6 7 8 9 22 10 11 12 13 14 15 16 17 18 19 20 21 23
                                                    end
                                                    local.get 2
                                                    i32.const 352
                                                    i32.add
                                                    local.get 1
                                                    i32.const 2
                                                    i32.shl
                                                    i32.add
                                                    local.get 0
                                                    i32.store
                                                    local.get 1
                                                    i32.const 1
                                                    i32.add
                                                    local.set 1
                                                    local.get 4
                                                    local.set 0
                                                    br 21
                                                  end
                                                  local.get 2
                                                  i32.const 352
                                                  i32.add
                                                  local.get 1
                                                  i32.const 2
                                                  i32.shl
                                                  i32.add
                                                  local.get 2
                                                  i32.const 288
                                                  i32.add
                                                  local.get 0
                                                  i32.const 2
                                                  i32.shl
                                                  i32.add
                                                  i32.load
                                                  i32.store
                                                  local.get 1
                                                  i32.const 1
                                                  i32.add
                                                  local.set 1
                                                  local.get 4
                                                  local.set 0
                                                  br 20
                                                end
                                                local.get 2
                                                i32.const 288
                                                i32.add
                                                local.get 0
                                                i32.const 2
                                                i32.shl
                                                i32.add
                                                local.get 2
                                                i32.const 352
                                                i32.add
                                                local.get 1
                                                i32.const -1
                                                i32.add
                                                local.tee 1
                                                i32.const 2
                                                i32.shl
                                                i32.add
                                                i32.load
                                                i32.store
                                                local.get 4
                                                local.set 0
                                                br 19
                                              end
                                              local.get 1
                                              i32.const 2
                                              i32.shl
                                              local.get 2
                                              i32.const 352
                                              i32.add
                                              i32.add
                                              i32.const -8
                                              i32.add
                                              local.tee 0
                                              local.get 0
                                              i32.load
                                              local.get 2
                                              i32.const 352
                                              i32.add
                                              local.get 1
                                              i32.const -1
                                              i32.add
                                              local.tee 0
                                              i32.const 2
                                              i32.shl
                                              i32.add
                                              i32.load
                                              i32.add
                                              i32.store
                                              local.get 0
                                              local.set 1
                                              local.get 4
                                              local.set 0
                                              br 18
                                            end
                                            local.get 1
                                            i32.const 2
                                            i32.shl
                                            local.get 2
                                            i32.const 352
                                            i32.add
                                            i32.add
                                            i32.const -8
                                            i32.add
                                            local.tee 0
                                            local.get 0
                                            i32.load
                                            local.get 2
                                            i32.const 352
                                            i32.add
                                            local.get 1
                                            i32.const -1
                                            i32.add
                                            local.tee 0
                                            i32.const 2
                                            i32.shl
                                            i32.add
                                            i32.load
                                            i32.sub
                                            i32.store
                                            local.get 0
                                            local.set 1
                                            local.get 4
                                            local.set 0
                                            br 17
                                          end
                                          local.get 1
                                          i32.const 2
                                          i32.shl
                                          local.get 2
                                          i32.const 352
                                          i32.add
                                          i32.add
                                          i32.const -8
                                          i32.add
                                          local.tee 0
                                          local.get 0
                                          i32.load
                                          local.get 2
                                          i32.const 352
                                          i32.add
                                          local.get 1
                                          i32.const -1
                                          i32.add
                                          local.tee 0
                                          i32.const 2
                                          i32.shl
                                          i32.add
                                          i32.load
                                          i32.mul
                                          i32.store
                                          local.get 0
                                          local.set 1
                                          local.get 4
                                          local.set 0
                                          br 16
                                        end
                                        local.get 1
                                        i32.const 2
                                        i32.shl
                                        local.get 2
                                        i32.const 352
                                        i32.add
                                        i32.add
                                        i32.const -8
                                        i32.add
                                        local.tee 0
                                        local.get 0
                                        i32.load
                                        local.get 2
                                        i32.const 352
                                        i32.add
                                        local.get 1
                                        i32.const -1
                                        i32.add
                                        local.tee 0
                                        i32.const 2
                                        i32.shl
                                        i32.add
                                        i32.load
                                        i32.div_s
                                        i32.store
                                        local.get 0
                                        local.set 1
                                        local.get 4
                                        local.set 0
                                        br 15
                                      end
                                      local.get 1
                                      i32.const 2
                                      i32.shl
                                      local.get 2
                                      i32.const 352
                                      i32.add
                                      i32.add
                                      i32.const -8
                                      i32.add
                                      local.tee 0
                                      local.get 0
                                      i32.load
                                      local.get 2
                                      i32.const 352
                                      i32.add
                                      local.get 1
                                      i32.const -1
                                      i32.add
                                      local.tee 0
                                      i32.const 2
                                      i32.shl
                                      i32.add
                                      i32.load
                                      i32.rem_s
                                      i32.store
                                      local.get 0
                                      local.set 1
                                      local.get 4
                                      local.set 0
                                      br 14
                                    end
                                    local.get 1
                                    i32.const 2
                                    i32.shl
                                    local.get 2
                                    i32.const 352
                                    i32.add
                                    i32.add
                                    i32.const -8
                                    i32.add
                                    local.tee 0
                                    local.get 0
                                    i32.load
                                    local.get 2
                                    i32.const 352
                                    i32.add
                                    local.get 1
                                    i32.const -1
                                    i32.add
                                    local.tee 0
                                    i32.const 2
                                    i32.shl
                                    i32.add
                                    i32.load
                                    i32.lt_s
                                    i32.store
                                    local.get 0
                                    local.set 1
                                    local.get 4
                                    local.set 0
                                    br 13
                                  end
                                  local.get 1
                                  i32.const 2
                                  i32.shl
                                  local.get 2
                                  i32.const 352
                                  i32.add
                                  i32.add
                                  i32.const -8
                                  i32.add
                                  local.tee 0
                                  local.get 0
                                  i32.load
                                  local.get 2
                                  i32.const 352
                                  i32.add
                                  local.get 1
                                  i32.const -1
                                  i32.add
                                  local.tee 0
                                  i32.const 2
                                  i32.shl
                                  i32.add
                                  i32.load
                                  i32.eq
                                  i32.store
                                  local.get 0
                                  local.set 1
                                  local.get 4
                                  local.set 0
                                  br 12
                                end
                                local.get 4
                                local.get 0
                                local.get 2
                                i32.const 352
                                i32.add
                                local.get 1
                                i32.const -1
                                i32.add
                                local.tee 1
                                i32.const 2
                                i32.shl
                                i32.add
                                i32.load
                                select
                                local.set 0
                                br 11
                              end
                              local.get 2
                              i32.const 352
                              i32.add
                              local.get 1
                              i32.const 2
                              i32.shl
                              i32.add
                              local.tee 0
                              local.get 0
                              i32.const -4
                              i32.add
                              i32.load
                              i32.store
                              local.get 1
                              i32.const 1
                              i32.add
                              local.set 1
                              local.get 4
                              local.set 0
                              br 10
                            end
                            local.get 1
                            i32.const -1
                            i32.add
                            local.set 1
                            local.get 4
                            local.set 0
                            br 9
                          end
                          local.get 1
                          i32.const 2
                          i32.shl
                          local.get 2
                          i32.const 352
                          i32.add
                          i32.add
                          i32.const -8
                          i32.add
                          local.tee 0
                          local.get 0
                          i32.load
                          local.get 2
                          i32.const 352
                          i32.add
                          local.get 1
                          i32.const -1
                          i32.add
                          local.tee 0
                          i32.const 2
                          i32.shl
                          i32.add
                          i32.load
                          i32.shr_u
                          i32.store
                          local.get 0
                          local.set 1
                          local.get 4
                          local.set 0
                          br 8
                        end
                        local.get 1
                        i32.const 2
                        i32.shl
                        local.get 2
                        i32.const 352
                        i32.add
                        i32.add
                        i32.const -8
                        i32.add
                        local.tee 0
                        local.get 0
                        i32.load
                        local.get 2
                        i32.const 352
                        i32.add
                        local.get 1
                        i32.const -1
                        i32.add
                        local.tee 0
                        i32.const 2
                        i32.shl
                        i32.add
                        i32.load
                        i32.and
                        i32.store
                        local.get 0
                        local.set 1
                        local.get 4
                        local.set 0
                        br 7
                      end
                      local.get 1
                      i32.const 2
                      i32.shl
                      local.get 2
                      i32.const 352
                      i32.add
                      i32.add
                      i32.const -8
                      i32.add
                      local.tee 0
                      local.get 0
                      i32.load
                      local.get 2
                      i32.const 352
                      i32.add
                      local.get 1
                      i32.const -1
                      i32.add
                      local.tee 0
                      i32.const 2
                      i32.shl
                      i32.add
                      i32.load
                      i32.or
                      i32.store
                      local.get 0
                      local.set 1
                      local.get 4
                      local.set 0
                      br 6
                    end
                    local.get 1
                    i32.const 2
                    i32.shl
                    local.get 2
                    i32.const 352
                    i32.add
                    i32.add
                    i32.const -8
                    i32.add
                    local.tee 0
                    local.get 0
                    i32.load
                    local.get 2
                    i32.const 352
                    i32.add
                    local.get 1
                    i32.const -1
                    i32.add
                    local.tee 0
                    i32.const 2
                    i32.shl
                    i32.add
                    i32.load
                    i32.xor
                    i32.store
                    local.get 0
                    local.set 1
                    local.get 4
                    local.set 0
                    br 5
                  end
                  local.get 1
                  i32.const 2
                  i32.shl
                  local.get 2
                  i32.const 352
                  i32.add
                  i32.add
                  i32.const -4
                  i32.add
                  local.tee 0
                  i32.const 0
                  local.get 0
                  i32.load
                  i32.sub
                  i32.store
                  local.get 4
                  local.set 0
                  br 4
                end
                local.get 2
                i32.const 32
                i32.add
                local.get 5
                i32.const 2
                i32.shl
                i32.add
                local.get 4
                i32.store
                local.get 5
                i32.const 1
                i32.add
                local.set 5
                br 3
              end
              local.get 2
              i32.const 32
              i32.add
              local.get 5
              i32.const -1
              i32.add
              local.tee 5
              i32.const 2
              i32.shl
              i32.add
              i32.load
              local.set 0
              br 2
            end
            local.get 2
            i32.const 288
            i32.add
            local.get 0
            i32.const 2
            i32.shl
            i32.add
            local.tee 0
            local.get 0
            i32.load
            i32.const 1
            i32.add
            i32.store
            local.get 4
            local.set 0
            br 1
          end
          local.get 2
          local.get 2
          i32.const 352
          i32.add
          local.get 1
          i32.const -1
          i32.add
          local.tee 1
          i32.const 2
          i32.shl
          i32.add
          i32.load
          i32.store offset=16
          i32.const 1084
          local.get 2
          i32.const 16
          i32.add
          call $printf
          drop
          i32.const 0
          i64.load offset=5728
          local.set 8
          local.get 4
          local.set 0
          br 0
        end
      end
      call $abort
      unreachable
    end
    local.get 2
    local.get 8
    i64.store
    i32.const 1078
    local.get 2
    call $printf
    drop
    local.get 2
    i32.const 1376
    i32.add
    global.set $__stack_pointer
    i32.const 0))
