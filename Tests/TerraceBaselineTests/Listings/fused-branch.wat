;; A comparison melts into the br_if behind it; eqz in between only turns the condition round.
(module
  (func (param i32 i32)
    block
      local.get 0
      local.get 1
      i32.lt_s
      br_if 0
      local.get 0
      local.get 1
      i32.eq
      i32.eqz
      br_if 0
      local.get 0
      i32.const 0
      i32.gt_u
      br_if 0
    end))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 26 00 00 00               jb +0x3d
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f1                        mov r9, rsi
;;     | 001d  49 89 fa                        mov r10, rdi
;;   block
;;     local.get 0
;;     local.get 1
;;     i32.lt_s
;;     br_if 0
;;     | 0020  45 39 ca                        cmp r10d, r9d
;;     | 0023  0f 8c 12 00 00 00               jl +0x3b
;;     local.get 0
;;     local.get 1
;;     i32.eq
;;     i32.eqz
;;     br_if 0
;;     | 0029  45 39 ca                        cmp r10d, r9d
;;     | 002c  0f 85 09 00 00 00               jne +0x3b
;;     local.get 0
;;     i32.const 0
;;     i32.gt_u
;;     br_if 0
;;     | 0032  45 85 d2                        test r10d, r10d
;;     | 0035  0f 87 00 00 00 00               ja +0x3b
;;   end
;;   end
;;     | 003b  c9                              leave
;;     | 003c  c3                              ret
;;   behind the function
;;     | 003d  0f 0b                           ud2
